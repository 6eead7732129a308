// The editor and the open document keep the same text: what is typed goes out, what comes from elsewhere comes in.
import { Annotation, type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import type { OpenDocument } from "../session/document";

/** Marks a change that came from the document, so that it does not go back. */
export const remote = Annotation.define<boolean>();

export function documentSync(document: OpenDocument): Extension {
  const typed = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    // One update may hold several transactions, each on the text of the one before.
    for (const transaction of update.transactions) {
      if (transaction.docChanged && !transaction.annotation(remote)) document.type(transaction.changes);
    }
  });
  const arriving = ViewPlugin.define((view) => {
    const stop = document.onRemote((changes) => {
      view.dispatch({ changes, annotations: remote.of(true), scrollIntoView: false });
    });
    return { destroy: stop };
  });
  return [typed, arriving];
}
