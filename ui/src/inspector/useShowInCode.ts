// Brings a state's text to the front in the code view, which is opened where it is closed.
import { useCallback } from "react";
import type { OpenDocument } from "../session/document";
import { useSession } from "../session/hooks";

export function useShowInCode(document: OpenDocument, state: string): () => void {
  const { selection, layout } = useSession();
  return useCallback(() => {
    const view = document.state(state);
    if (!view) return;
    const { version } = document.analysis.get();
    selection.goTo(
      document.shown(version, view.from) ?? view.from,
      document.shown(version, view.to, -1) ?? view.to,
    );
    layout.showCode();
  }, [document, state, selection, layout]);
}
