// Values that can be watched: one, or many by key. Listeners hear of a value only when it really changed.

export type Unsubscribe = () => void;

export class Signal<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value));
  }

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

/** Watched by key, so that one state's status does not wake a thousand cards. */
export class KeyedSignal<T> {
  private readonly values = new Map<string, T>();
  private readonly listeners = new Map<string, Set<() => void>>();
  /** Wakes at any change. */
  readonly revision = new Signal(0);

  get(key: string): T | undefined {
    return this.values.get(key);
  }

  entries(): IterableIterator<[string, T]> {
    return this.values.entries();
  }

  /** Sets some, keeps the others. */
  merge(entries: Iterable<readonly [string, T]>): void {
    const woken: string[] = [];
    for (const [key, value] of entries) {
      if (this.values.has(key) && same(this.values.get(key), value)) continue;
      this.values.set(key, value);
      woken.push(key);
    }
    this.wake(woken);
  }

  /** Sets these and forgets all others. */
  replace(entries: Iterable<readonly [string, T]>): void {
    const next = new Map(entries);
    const woken = [...this.values.keys()].filter((key) => !next.has(key));
    for (const [key, value] of next) if (!same(this.values.get(key), value)) woken.push(key);
    for (const [key, value] of next) {
      // An equal value keeps its identity, so that nobody who compares by identity is woken later.
      const old = this.values.get(key);
      if (old !== undefined && same(old, value)) next.set(key, old);
    }
    this.values.clear();
    for (const [key, value] of next) this.values.set(key, value);
    this.wake(woken);
  }

  subscribe(key: string, listener: () => void): Unsubscribe {
    const set = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.listeners.get(key) === set) this.listeners.delete(key);
    };
  }

  private wake(keys: string[]): void {
    if (keys.length === 0) return;
    for (const key of keys) for (const listener of [...(this.listeners.get(key) ?? [])]) listener();
    this.revision.update((revision) => revision + 1);
  }
}

/** Equality of what comes off the wire: plain values, records and lists. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
