// The breakpoints of the workflow in front, as the core keeps them.
import type { BreakOn, Breakpoint } from "../transport/contract";
import { CallFailure, type Transport } from "../transport/transport";
import { KeyedSignal, Signal } from "./signal";

export class Breakpoints {
  readonly all = new Signal<readonly Breakpoint[]>([]);
  /** Those of one state, by its key. */
  readonly byState = new KeyedSignal<readonly Breakpoint[]>();
  private workflow: string | null = null;

  constructor(
    private readonly transport: Transport,
    private readonly report: (failure: CallFailure) => void,
  ) {}

  async show(workflow: string | null): Promise<void> {
    this.workflow = workflow;
    this.take([]);
    if (workflow !== null) await this.call(workflow, null);
  }

  receive(workflow: string, breakpoints: Breakpoint[]): void {
    if (workflow === this.workflow) this.take(breakpoints);
  }

  /** Takes away all breakpoints of a state; where there is none, sets one before it is entered. */
  toggle(state: string): Promise<void> {
    const rest = this.all.get().filter((point) => point.state !== state);
    const none = rest.length === this.all.get().length;
    return this.set(none ? [...rest, { state, on: "enter", enabled: true }] : rest);
  }

  /** Sets a breakpoint for a moment of a state (null: of any state), or takes it away. One that is off goes on. */
  toggleAt(state: string | null, on: BreakOn): Promise<void> {
    const is = (point: Breakpoint) => point.state === state && point.on === on;
    const rest = this.all.get().filter((point) => !is(point));
    const stops = this.all.get().some((point) => is(point) && point.enabled);
    return this.set(stops ? rest : [...rest, { state, on, enabled: true }]);
  }

  /** Puts another one in the place of a breakpoint; null removes it. */
  change(point: Breakpoint, to: Breakpoint | null): Promise<void> {
    const others = (other: Breakpoint) => to === null || !isSame(other, to) || other === point;
    const list = this.all.get().filter(others);
    return this.set(list.flatMap((other) => (other === point ? (to ?? []) : other)));
  }

  async set(breakpoints: Breakpoint[]): Promise<void> {
    if (this.workflow === null) return;
    const before = this.all.get();
    this.take(breakpoints);
    if (!(await this.call(this.workflow, breakpoints))) this.take(before);
  }

  private async call(workflow: string, breakpoints: Breakpoint[] | null): Promise<boolean> {
    try {
      const answer = await this.transport.call("debug.breakpoints", { workflow, breakpoints });
      if (workflow === this.workflow) this.take(answer.breakpoints);
      return true;
    } catch (thrown) {
      this.report(CallFailure.from(thrown));
      return false;
    }
  }

  private take(breakpoints: readonly Breakpoint[]): void {
    const byState = new Map<string, Breakpoint[]>();
    for (const point of breakpoints) {
      if (point.state !== null) byState.set(point.state, [...(byState.get(point.state) ?? []), point]);
    }
    this.all.set(breakpoints);
    this.byState.replace(byState);
  }
}

/** The moments of a state at which a debugged run can stop, in the order of time. */
export const MOMENTS: readonly { on: BreakOn; title: string }[] = [
  { on: "enter", title: "before entering" },
  { on: "exit", title: "before leaving" },
  { on: "error", title: "when it fails" },
];

/** `before entering, when it fails`: the moments of a state's breakpoints, and whether they are off. */
export function inWords(points: readonly Breakpoint[]): string {
  const set = MOMENTS.filter(({ on }) => points.some((point) => point.on === on));
  const words = set.map(({ title }) => title).join(", ");
  return points.length > 0 && !points.some((point) => point.enabled) ? `${words} (off)` : words;
}

/** The one of a state's breakpoints that stands for all of them: the first that stops. */
export function foremost(points: readonly Breakpoint[]): Breakpoint | undefined {
  const inTime = MOMENTS.flatMap(({ on }) => points.filter((point) => point.on === on));
  return inTime.find((point) => point.enabled) ?? inTime[0];
}

function isSame(a: Breakpoint, b: Breakpoint): boolean {
  return a.state === b.state && a.on === b.on;
}
