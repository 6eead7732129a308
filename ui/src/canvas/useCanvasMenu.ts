// What the canvas's context menu says: about the state or transition under the pointer, else about the selected state.
import { type MouseEvent, useCallback, useState } from "react";
import { menuItems } from "../design/actions";
import { copyText } from "../design/copyText";
import type { MenuItem } from "../design/Menu";
import type { OpenDocument } from "../session/document";
import { useSession } from "../session/hooks";
import { edgeActions, pasteState, stateActions } from "../session/stateActions";

export interface CanvasMenu {
  label: string;
  items: MenuItem[];
  onContextMenu(event: MouseEvent<HTMLElement>): void;
}

export function useCanvasMenu(document: OpenDocument): CanvasMenu {
  const session = useSession();
  const [{ label, items }, setMenu] = useState<{ label: string; items: MenuItem[] }>({
    label: "",
    items: [],
  });
  const onContextMenu = useCallback(
    (event: MouseEvent<HTMLElement>) => {
      const target = event.target as Element;
      const edgeId = target.closest("[data-edge]")?.getAttribute("data-edge");
      const edge = document.diagram.get().edges.find(({ id }) => id === edgeId);
      // The menu key has no place of its own: the state that is selected is meant.
      const byKey = event.button !== 2;
      const under = target.closest("[data-state-key]")?.getAttribute("data-state-key") ?? null;
      const key = under ?? (byKey ? session.selection.state : null);
      if (edge) {
        const [from, to] = [edge.from, edge.to].map((end) => document.state(end)?.name ?? "Start");
        setMenu({ label: `From ${from} to ${to}`, items: menuItems(edgeActions(session, document, edge)) });
      } else if (key !== null && document.state(key)) {
        session.selection.touch(key);
        setMenu({ label: key, items: menuItems(stateActions(session, document, key, copyText)) });
      } else {
        const paste = { title: "Paste", keys: "Ctrl+V", act: () => void pasteState(session, null) };
        const undo = { title: "Undo", keys: "Ctrl+Z", act: () => void session.documents.undo() };
        setMenu({ label: "Workflow", items: menuItems([paste, undo]) });
      }
    },
    [session, document],
  );
  return { label, items, onContextMenu };
}
