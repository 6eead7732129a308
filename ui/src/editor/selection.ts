// Cursor and selected state go together, without a loop: the cursor selects by `touch`, which scrolls nothing, and only
// a `reveal` from elsewhere moves the text.
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { OpenDocument } from "../session/document";
import type { Selection } from "../session/selection";
import { stateAt } from "./breakpoints";
import { remote } from "./sync";

/** The user moved the cursor into a state: it becomes the selected one. */
export function selectionFollower(document: OpenDocument, selection: Selection): Extension {
  return EditorView.updateListener.of((update) => {
    if (!update.selectionSet || update.docChanged || !update.view.hasFocus) return;
    const byUser = update.transactions.some(
      (transaction) => transaction.isUserEvent("select") && !transaction.annotation(remote),
    );
    if (!byUser) return;
    const at = update.state.selection.main.head;
    const { version, states } = document.analysis.get();
    const shown = states.map((state) => ({
      key: state.key,
      from: document.shown(version, state.from, 1) ?? -1,
      to: document.shown(version, state.to, -1) ?? -1,
    }));
    const state = stateAt(shown, at);
    if (state) selection.touch(state.key);
  });
}

/** Scrolls a state into sight unless its first line is there already. */
export function revealRange(view: EditorView, from: number, to: number, select: boolean): void {
  const length = view.state.doc.length;
  const range = { from: Math.min(from, length), to: Math.min(to, length) };
  view.dispatch({
    ...(select ? { selection: { anchor: range.from, head: range.to } } : {}),
    effects: EditorView.scrollIntoView(range.from, {
      y: inSight(view, range.from) ? "nearest" : "start",
      yMargin: 60,
    }),
  });
}

function inSight(view: EditorView, at: number): boolean {
  const block = view.lineBlockAt(at);
  const top = view.scrollDOM.scrollTop;
  return block.top >= top && block.bottom <= top + view.scrollDOM.clientHeight * 0.75;
}
