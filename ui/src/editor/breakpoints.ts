// Red dots in the gutter, on the lines where states begin. A click on such a line sets or removes one.
import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, GutterMarker, gutter } from "@codemirror/view";

/** A line where a state begins: its position in the shown text, and whether it has a breakpoint. */
export interface BreakpointLine {
  state: string;
  name: string;
  at: number;
  point: "none" | "on" | "off";
}

export const setBreakpointLines = StateEffect.define<readonly BreakpointLine[]>();

class Dot extends GutterMarker {
  constructor(
    readonly state: string,
    readonly name: string,
    readonly kind: BreakpointLine["point"],
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Dot && other.state === this.state && other.kind === this.kind;
  }

  override toDOM(): HTMLElement {
    const dot = document.createElement("span");
    dot.className = `sw-breakpoint sw-breakpoint-${this.kind}`;
    dot.title =
      this.kind === "none" ? `Break at ${this.name} (F9)` : `Remove the breakpoint at ${this.name} (F9)`;
    return dot;
  }
}

const dots = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(set, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setBreakpointLines)) {
        const { doc } = transaction.state;
        const ranges = effect.value
          .filter((line) => line.at <= doc.length)
          .map((line) => new Dot(line.state, line.name, line.point).range(doc.lineAt(line.at).from));
        return RangeSet.of(ranges, true);
      }
    }
    return transaction.docChanged ? set.map(transaction.changes) : set;
  },
});

export function breakpointGutter(toggle: (state: string) => void): Extension {
  const pressed = (view: EditorView, line: { from: number }) => {
    let hit: string | null = null;
    view.state.field(dots).between(line.from, line.from, (_from, _to, dot) => {
      if (dot instanceof Dot) hit = dot.state;
      return false;
    });
    if (hit !== null) toggle(hit);
    return hit !== null;
  };
  return [
    dots,
    gutter({
      class: "sw-breakpoints",
      markers: (view) => view.state.field(dots),
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
