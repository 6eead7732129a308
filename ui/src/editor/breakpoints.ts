// Red dots in the gutter, on the lines where states begin. A click on such a line sets or removes one.
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, GutterMarker, gutter } from "@codemirror/view";
import type { BreakOn } from "../transport/contract";

/** A line where a state begins: its position in the shown text, and whether it has a breakpoint. */
export interface BreakpointLine {
  state: string;
  name: string;
  at: number;
  point: "none" | "on" | "off";
  /** At which moments: `before entering`. */
  moments: string;
  /** That of the breakpoint that is shown. */
  on: BreakOn;
}

export const setBreakpointLines = StateEffect.define<readonly BreakpointLine[]>();

class Dot extends GutterMarker {
  constructor(readonly line: BreakpointLine) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    if (!(other instanceof Dot)) return false;
    const [a, b] = [this.line, other.line];
    return a.state === b.state && a.point === b.point && a.moments === b.moments;
  }

  override toDOM(): HTMLElement {
    const { name, point, moments, on } = this.line;
    const dot = document.createElement("span");
    dot.className = `sw-breakpoint sw-breakpoint-at-${on} sw-breakpoint-${point}`;
    dot.title =
      point === "none" ? `Break at ${name} (F9)` : `Stops ${moments}: remove the breakpoint at ${name} (F9)`;
    return dot;
  }
}

interface Place {
  at: number;
  dot: Dot;
}

/** By position. Only lines in sight are looked up: a long text has thousands of states, and each key moves most of them. */
const places = StateField.define<readonly Place[]>({
  create: () => [],
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setBreakpointLines)) {
        const known = effect.value.map((line) => ({ at: line.at, dot: new Dot(line) }));
        return known.sort((a, b) => a.at - b.at);
      }
    }
    if (!transaction.docChanged) return value;
    return value.map(({ at, dot }) => ({ at: transaction.changes.mapPos(at, 1), dot }));
  },
});

/** The state that begins on a line. */
function dotOn(view: EditorView, line: { from: number; to: number }): Dot | null {
  const known = view.state.field(places);
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.at ?? 0) < line.from) low = middle + 1;
    else high = middle;
  }
  const found = known[low];
  return found && found.at <= line.to ? found.dot : null;
}

export function breakpointGutter(toggle: (state: string) => void): Extension {
  const pressed = (view: EditorView, line: { from: number; to: number }) => {
    const dot = dotOn(view, line);
    if (dot) toggle(dot.line.state);
    return dot !== null;
  };
  return [
    places,
    gutter({
      class: "sw-breakpoints",
      lineMarker: dotOn,
      lineMarkerChange: (update) => update.startState.field(places) !== update.state.field(places),
      domEventHandlers: { mousedown: pressed },
    }),
  ];
}

/** The innermost state around a position. */
export function stateAt<S extends { from: number; to: number }>(states: readonly S[], at: number): S | null {
  let inner: S | null = null;
  for (const state of states) {
    if (state.from > at || state.to < at) continue;
    if (!inner || state.to - state.from <= inner.to - inner.from) inner = state;
  }
  return inner;
}
