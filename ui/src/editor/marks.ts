// Lines that mean something: the selected state is tinted, the line where the debugger stands is yellow.
import { type EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutterLineClass } from "@codemirror/view";

export interface Marks {
  /** The selected state, as a range of the shown text. */
  selected: { from: number; to: number } | null;
  /** A position on the line of the state where the debugger stands. */
  paused: number | null;
}

export const setMarks = StateEffect.define<Marks>();

const NONE: Marks = { selected: null, paused: null };
const SELECTED = Decoration.line({ class: "sw-selected" });
const PAUSED = Decoration.line({ class: "sw-paused" });
const pausedGutter = new (class extends GutterMarker {
  override elementClass = "sw-paused";
})();

export const marks = StateField.define<Marks>({
  create: () => NONE,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    if (!transaction.docChanged) return value;
    const { selected, paused } = value;
    if (selected === null && paused === null) return value;
    const map = (at: number, side: number) => transaction.changes.mapPos(at, side);
    return {
      selected: selected && { from: map(selected.from, 1), to: map(selected.to, -1) },
      paused: paused === null ? null : map(paused, 1),
    };
  },
  provide: (field) => [
    // By viewport: a state may be thousands of lines long.
    EditorView.decorations.of((view) => decorate(view, view.state.field(field))),
    gutterLineClass.compute([field], (state) => gutter(state)),
  ],
});

function decorate(view: EditorView, { selected, paused }: Marks): DecorationSet {
  const { doc } = view.state;
  const set: { at: number; what: Decoration }[] = [];
  if (selected && selected.to > selected.from) {
    const from = Math.max(selected.from, view.viewport.from);
    const to = Math.min(selected.to, view.viewport.to, doc.length);
    for (let at = from; at <= to; ) {
      const line = doc.lineAt(at);
      set.push({ at: line.from, what: SELECTED });
      at = line.to + 1;
    }
  }
  if (paused !== null && paused <= doc.length) set.push({ at: doc.lineAt(paused).from, what: PAUSED });
  return Decoration.set(
    set.map(({ at, what }) => what.range(at)),
    true,
  );
}

function gutter(state: EditorState): RangeSet<GutterMarker> {
  const { paused } = state.field(marks);
  if (paused === null || paused > state.doc.length) return RangeSet.empty;
  return RangeSet.of(pausedGutter.range(state.doc.lineAt(paused).from));
}
