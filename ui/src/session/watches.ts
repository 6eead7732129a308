// The expressions that are watched: the same in every state and run, remembered in the user's configuration.
import type { Transport } from "../transport/transport";
import { Signal } from "./signal";

const KEY = "watches";
/** The core evaluates no more at once. */
const MOST = 64;

export class Watches {
  readonly list = new Signal<readonly string[]>([]);

  constructor(private readonly transport: Transport) {}

  async load(): Promise<void> {
    const { value } = await this.transport.call("settings.get", { key: KEY });
    if (value !== null) this.list.set(restored(value));
  }

  add(expression: string): void {
    const text = expression.trim();
    const list = this.list.get();
    if (text === "" || list.includes(text) || list.length >= MOST) return;
    this.set([...list, text]);
  }

  /** Puts another expression in its place; an empty one removes it. */
  replace(index: number, expression: string): void {
    const text = expression.trim();
    if (text === "") this.remove(index);
    else this.set(this.list.get().map((old, at) => (at === index ? text : old)));
  }

  remove(index: number): void {
    this.set(this.list.get().filter((_, at) => at !== index));
  }

  private set(list: string[]): void {
    this.list.set(list);
    // A window that can't remember its watches is no reason to disturb its user.
    this.transport.call("settings.set", { key: KEY, value: JSON.stringify(list) }).catch(() => {});
  }
}

function restored(text: string): string[] {
  try {
    const stored: unknown = JSON.parse(text);
    return Array.isArray(stored) ? stored.filter((item) => typeof item === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}
