// The run that is shown: how each state stands, by key, so that one status wakes one card.
import type {
  DataEdit,
  LogLine,
  Paused,
  RunDelta,
  RunStatus,
  RunView,
  StateRun,
  StepKind,
  Taken,
} from "../transport/contract";
import { CallFailure, type Transport } from "../transport/transport";
import { ExecutionClock } from "./clock";
import { KeyedSignal, Signal } from "./signal";

/** A run without what changes for each state. */
export type RunHead = Omit<RunView, "states" | "taken">;

/** The branch or iteration that the canvas looks into. */
export interface Scope {
  frame: number;
  /** The Map whose iteration it is. */
  state: string;
  index: number;
}

/** One visit of a state, in one frame. */
export interface Visit {
  state: string;
  /** None: wherever the state was visited last. */
  frame: number | null;
  /** From 0, in the frame; none = the last. */
  visit: number | null;
  /** From 1; none = the last. */
  attempt: number | null;
}

const LIVE: readonly RunStatus[] = ["running", "paused"];

const MOST_MISSED = 16;

/** Whether the run has not ended, and is ours. */
export function isLive(status: RunStatus): boolean {
  return LIVE.includes(status);
}

export function transitionKey(from: string, transition: number | null): string {
  return `${transition ?? "start"} ${from}`;
}

export class Run {
  readonly head = new Signal<RunHead | null>(null);
  readonly paused = new Signal<Paused | null>(null);
  readonly states = new KeyedSignal<StateRun>();
  /** How often each transition was taken, by [`transitionKey`]. */
  readonly taken = new KeyedSignal<number>();
  readonly scope = new Signal<Scope | null>(null);
  /** The visit that the user picked to see its data; none = the last one of the selected state. */
  readonly visit = new Signal<Visit | null>(null);
  /** Grows whenever events, timeline or data may have more: panes fetch their range again. */
  readonly progress = new Signal(0);
  readonly clock = new ExecutionClock();
  private readonly logListeners = new Set<(lines: LogLine[]) => void>();
  /** All states over all frames; `states` differs from it inside the room that [`scope`] looks into. */
  private readonly whole = new Map<string, StateRun>();
  private inside: ReadonlySet<string> = new Set();
  private refreshing: Promise<void> | null = null;
  private again = false;
  /** Runs that were told of while they were not shown: what they say first may come before the answer that shows them. */
  private readonly missed = new Set<string>();
  private scopeTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly transport: Transport,
    private readonly report: (failure: CallFailure) => void,
  ) {}

  get execution(): string | null {
    return this.head.get()?.execution ?? null;
  }

  /** Shows a run as a whole. */
  show(view: RunView | null): void {
    if (!view) {
      this.clear();
      return;
    }
    const { states, taken, ...head } = view;
    if (head.execution !== this.execution) {
      this.scope.set(null);
      this.visit.set(null);
    }
    this.clock.set(head.now, head.status === "running");
    this.head.set(head);
    this.paused.set(head.paused);
    this.whole.clear();
    for (const state of states) this.whole.set(state.key, state);
    if (this.scope.get() === null) this.states.replace(this.whole);
    else void this.loadScope();
    this.taken.replace(taken.map(takenEntry));
    this.progress.update((progress) => progress + 1);
    if (this.missed.delete(head.execution)) void this.refresh();
  }

  async open(execution: string): Promise<void> {
    this.show(await this.transport.call("run.get", { execution }));
  }

  receive(delta: RunDelta): void {
    const head = this.head.get();
    if (!head || head.execution !== delta.execution) {
      this.miss(delta.execution);
      return;
    }
    const { status, now, events, transitions, paused } = delta;
    this.clock.set(now, status === "running");
    this.head.set({ ...head, status, now, events, transitions, paused });
    this.paused.set(paused);
    for (const state of delta.states) this.whole.set(state.key, state);
    const inScope = (state: StateRun) => this.scope.get() !== null && this.inside.has(state.key);
    this.states.merge(delta.states.filter((state) => !inScope(state)).map((state) => [state.key, state]));
    if (delta.states.some(inScope)) this.loadScopeSoon();
    this.taken.merge(delta.taken.map(takenEntry));
    this.progress.update((progress) => progress + 1);
    if (delta.refresh) void this.refresh();
  }

  /** Asks for the whole again; calls that come while one is under way become one more. */
  refresh(): Promise<void> {
    if (this.refreshing) {
      this.again = true;
      return this.refreshing;
    }
    this.refreshing = this.fetchWhole().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  /** The state that failed last, if one did. */
  failedState(): string | null {
    let last: StateRun | null = null;
    for (const [, state] of this.states.entries()) {
      // A room fails with what is in it, and was entered before it.
      if (state.status === "failed" && (!last || state.entered >= last.entered)) last = state;
    }
    return last?.key ?? null;
  }

  onLog(listener: (lines: LogLine[]) => void): () => void {
    this.logListeners.add(listener);
    return () => this.logListeners.delete(listener);
  }

  receiveLog(execution: string, lines: LogLine[]): void {
    if (execution !== this.execution) return;
    for (const listener of this.logListeners) listener(lines);
  }

  step(step: StepKind): Promise<boolean> {
    return this.act((execution) => this.transport.call("debug.step", { execution, step }));
  }

  /** Shows the moment before an event; null = the newest. */
  seek(event: number | null): Promise<boolean> {
    return this.act((execution) => this.transport.call("debug.seek", { execution, event }));
  }

  fork(reuseResults: boolean, go: boolean): Promise<boolean> {
    return this.act(async (execution) => {
      const forked = await this.transport.call("debug.fork", { execution, reuseResults, go });
      return forked.run;
    });
  }

  /** Changes data where a frame stands; null when refused, else whether a fork came of it. */
  async edit(frame: number, edit: DataEdit): Promise<{ forked: boolean } | null> {
    let forked = false;
    const done = await this.act(async (execution) => {
      const answer = await this.transport.call("debug.edit", { execution, frame, edit });
      forked = answer.forked;
      return answer.run;
    });
    return done ? { forked } : null;
  }

  stop(): Promise<boolean> {
    return this.act(async (execution) => {
      await this.transport.call("run.stop", { execution });
      return this.transport.call("run.get", { execution });
    });
  }

  /** Looks into one iteration of a Map; null = at all of them. `inside`: the states that lie in its room. */
  lookInto(scope: Scope | null, inside: Iterable<string> = []): void {
    this.inside = new Set(inside);
    this.scope.set(scope);
    if (scope) void this.loadScope();
    else this.states.replace(this.whole);
  }

  /** Whose data of a state is looked at: the picked iteration's, the held frame's; null = its last visit's. */
  frameOf(state: string): number | null {
    const scope = this.scope.get();
    if (scope && this.inside.has(state)) return scope.frame;
    const paused = this.paused.get();
    return paused?.state === state ? paused.frame : null;
  }

  private miss(execution: string): void {
    // Runs that nobody looks at are told of, too: only the latest can be about to be shown.
    const [oldest] = this.missed;
    if (this.missed.size >= MOST_MISSED && oldest !== undefined) this.missed.delete(oldest);
    this.missed.add(execution);
  }

  private clear(): void {
    this.head.set(null);
    this.paused.set(null);
    this.scope.set(null);
    this.whole.clear();
    this.states.replace([]);
    this.taken.replace([]);
    this.progress.update((progress) => progress + 1);
  }

  private async act(call: (execution: string) => Promise<RunView>): Promise<boolean> {
    const execution = this.execution;
    if (execution === null) return false;
    try {
      const view = await call(execution);
      if (this.execution === execution) this.show(view);
      return true;
    } catch (thrown) {
      this.report(CallFailure.from(thrown));
      return false;
    }
  }

  private async fetchWhole(): Promise<void> {
    do {
      this.again = false;
      const execution = this.execution;
      if (execution === null) return;
      try {
        const view = await this.transport.call("run.get", { execution });
        if (this.execution === execution) this.show(view);
      } catch (thrown) {
        this.report(CallFailure.from(thrown));
      }
    } while (this.again);
  }

  private loadScopeSoon(): void {
    this.scopeTimer ??= setTimeout(() => {
      this.scopeTimer = null;
      void this.loadScope();
    }, 100);
  }

  private async loadScope(): Promise<void> {
    const scope = this.scope.get();
    const execution = this.execution;
    if (!scope || execution === null) return;
    try {
      const { states } = await this.transport.call("run.states", { execution, frame: scope.frame });
      if (this.scope.get() !== scope) return;
      const around = [...this.whole].filter(([key]) => !this.inside.has(key));
      const within = states.filter((state) => this.inside.has(state.key));
      this.states.replace([...around, ...within.map((state) => [state.key, state] as const)]);
    } catch (thrown) {
      this.report(CallFailure.from(thrown));
    }
  }
}

function takenEntry(taken: Taken): readonly [string, number] {
  return [transitionKey(taken.from, taken.transition), taken.count];
}
