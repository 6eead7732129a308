// What the view does by itself: the first look, going along with the window and the drawing, showing what is selected.
import { useReactFlow, useStore } from "@xyflow/react";
import { type RefObject, useEffect, useRef } from "react";
import type { OpenDocument } from "../../session/document";
import { useSession, useSignal } from "../../session/hooks";
import type { DiagramView } from "../../transport/contract";
import { keeping, type Seen } from "./keeping";
import { firstLook, revealing, type Size, type View, wholeView } from "./viewport";

/** What the view keeps to until somebody moves it: the first look, or the whole, as "Fit" shows it. */
export type Follows = "first" | "whole" | null;

/** Where each document was looked at last, while the window is open. */
const remembered = new Map<string, View>();

export interface Sight {
  document: OpenDocument;
  diagram: DiagramView;
  /** The canvas has a size. */
  ready: boolean;
  follows: RefObject<Follows>;
  sizeOf(): Size;
  /** Where the view is, or is on its way to. */
  viewNow(): View;
  go(view: View | null, glide?: boolean): void;
}

export function useFollow(sight: Sight): void {
  const { document, diagram, ready, follows, sizeOf, viewNow, go } = sight;
  const flow = useReactFlow();
  const { selection } = useSession();
  const size = useStore((state) => `${state.width}×${state.height}`);
  const seen = useRef<Seen | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `size` says that the canvas has another one
  useEffect(() => {
    if (!ready || diagram.nodes.length === 0) return;
    const now = { diagram, size: sizeOf() };
    const before = seen.current;
    seen.current = now;
    if (!before) {
      const last = remembered.get(document.path);
      if (last) follows.current = null;
      go(last ?? firstLook(diagram, now.size), false);
      return;
    }
    const glide = before.diagram !== diagram;
    if (follows.current === null) return go(keeping(before, now, viewNow(), selection.state), glide);
    go((follows.current === "whole" ? wholeView : firstLook)(diagram, now.size), glide);
  }, [document, diagram, ready, size, follows, sizeOf, viewNow, go, selection]);
  useEffect(
    () => () => {
      if (seen.current && follows.current === null) remembered.set(document.path, flow.getViewport());
    },
    [document, flow, follows],
  );
  useReveal(sight);
}

/** Brings the selected state, and the one where the debugger stands, into sight. */
function useReveal({ diagram, ready, follows, sizeOf, viewNow, go }: Sight): void {
  const { selection } = useSession();
  const selected = useSignal(selection.current);
  const shown = useRef(0);
  useEffect(() => {
    if (!ready || !selected || selected.reveal === shown.current) return;
    const node = diagram.nodes.find((candidate) => candidate.key === selected.state);
    // Not drawn yet: the next drawing will have it.
    if (!node) return;
    shown.current = selected.reveal;
    const view = revealing(node, viewNow(), sizeOf());
    if (!view) return;
    follows.current = null;
    go(view);
  }, [diagram, selected, ready, follows, sizeOf, viewNow, go]);
}
