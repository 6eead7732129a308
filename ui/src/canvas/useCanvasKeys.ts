// Listens for the canvas's keys, and does what they say.
import { type RefObject, useEffect } from "react";
import { copyText } from "../design/copyText";
import type { OpenDocument } from "../session/document";
import { useSession } from "../session/hooks";
import type { Session } from "../session/session";
import { copyState, cutState } from "../session/stateActions";
import { type CanvasAction, canvasAction } from "./keys";
import { neighbour } from "./view/neighbours";

export type Zoom = (by: "in" | "out" | "reset" | "fit") => void;

export function useCanvasKeys(
  canvas: RefObject<HTMLElement | null>,
  document: OpenDocument,
  zoom: Zoom,
): void {
  const session = useSession();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isMine(canvas.current, event.target)) return;
      const action = canvasAction(event);
      if (!action || !act(action, session, document, zoom)) return;
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain");
      if (!text || !isMine(canvas.current, event.target)) return;
      event.preventDefault();
      void session.documents.paste(text, session.selection.state);
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("paste", onPaste);
    };
  }, [canvas, session, document, zoom]);
}

/** The canvas has the focus, or nothing has; a field in a card has its own keys. */
function isMine(canvas: HTMLElement | null, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest("input, textarea, [role=menu]")) return false;
  return target === window.document.body || (canvas?.contains(target) ?? false);
}

/** Whether it did anything. */
function act(action: CanvasAction, session: Session, document: OpenDocument, zoom: Zoom): boolean {
  const { selection, documents } = session;
  if (action.kind === "zoom") {
    zoom(action.by);
    return true;
  }
  if (action.kind === "move") {
    const next = neighbour(document.diagram.get(), selection.state, action.arrow);
    if (next !== null) selection.select(next);
    return true;
  }
  const state = selection.state;
  if (state === null) return false;
  switch (action.kind) {
    case "rename":
      selection.select(state);
      selection.renaming.set(state);
      return true;
    case "delete":
      void documents.remove(state);
      return true;
    case "duplicate":
      void documents.edit({ kind: "duplicateState", state });
      return true;
    case "copy":
    case "cut":
      // Words that are marked on the page are what is meant.
      if (window.getSelection()?.isCollapsed === false) return false;
      void (action.kind === "copy" ? copyState : cutState)(session, state, copyText);
      return true;
    case "deselect":
      selection.touch(null);
      return true;
  }
}
