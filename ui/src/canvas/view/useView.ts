// Moves the view: the first look, zoom, and whatever has to come into sight.
import { useReactFlow, useStore } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import type { OpenDocument } from "../../session/document";
import { useSession, useSignal } from "../../session/hooks";
import type { DiagramView } from "../../transport/contract";
import type { Zoom } from "../useCanvasKeys";
import { firstLook, revealing, type View, wholeView, ZOOM } from "./viewport";

const GLIDE = 220;

/** Where each document was looked at last, while the window is open. */
const remembered = new Map<string, View>();

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export function useView(document: OpenDocument, diagram: DiagramView, canvas: RefObject<HTMLElement | null>) {
  const flow = useReactFlow();
  const ready = useStore((state) => state.width > 0 && state.panZoom !== null);
  /** Where a glide under way leads: the next step begins there, not half way. */
  const goal = useRef<View | null>(null);
  const go = useCallback(
    (view: View | null, glide = true) => {
      if (!view) return;
      goal.current = view;
      void flow.setViewport(view, { duration: glide && !still() ? GLIDE : 0 }).then(() => {
        if (goal.current === view) goal.current = null;
      });
    },
    [flow],
  );
  const sizeOf = useCallback(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = canvas.current ?? {};
    return { width, height };
  }, [canvas]);

  /** The view shows the whole, and goes on doing so when the window changes: until somebody moves it. */
  const fitted = useRef(true);
  const leave = useCallback(() => {
    fitted.current = false;
    goal.current = null;
  }, []);
  useFirstLook(document, diagram, ready, sizeOf, go, fitted);
  const reveal = useCallback(
    (view: View | null) => {
      if (view) leave();
      go(view);
    },
    [go, leave],
  );
  useReveal(diagram, ready, sizeOf, reveal);

  const zoom: Zoom = useCallback(
    (by) => {
      const size = sizeOf();
      fitted.current = by === "fit";
      if (by === "fit") return go(wholeView(document.diagram.get(), size));
      const now = goal.current ?? flow.getViewport();
      const factor = by === "in" ? ZOOM.step : 1 / ZOOM.step;
      const to = by === "reset" ? 1 : Math.min(ZOOM.max, Math.max(ZOOM.min, now.zoom * factor));
      const [cx, cy] = [size.width / 2, size.height / 2];
      const scale = to / now.zoom;
      return go({ zoom: to, x: cx - (cx - now.x) * scale, y: cy - (cy - now.y) * scale });
    },
    [flow, go, sizeOf, document],
  );

  const stateAt = useCallback(
    (event: { clientX: number; clientY: number }) => {
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const hit = document.diagram
        .get()
        .nodes.findLast(
          (node) => x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height,
        );
      return hit?.key || null;
    },
    [flow, document],
  );
  return useMemo(() => ({ zoom, stateAt, leave }), [zoom, stateAt, leave]);
}

type Go = (view: View | null, glide?: boolean) => void;
type SizeOf = () => { width: number; height: number };

function useFirstLook(
  document: OpenDocument,
  diagram: DiagramView,
  ready: boolean,
  sizeOf: SizeOf,
  go: Go,
  fitted: RefObject<boolean>,
) {
  const flow = useReactFlow();
  const looked = useRef(false);
  const size = useStore((state) => `${state.width}×${state.height}`);
  const drawn = diagram.nodes.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when the canvas's size changes, not with each drawing
  useEffect(() => {
    if (!ready || !drawn || (looked.current && !fitted.current)) return;
    const before = looked.current ? undefined : remembered.get(document.path);
    looked.current = true;
    if (before) fitted.current = false;
    go(before ?? firstLook(document.diagram.get(), sizeOf()), false);
  }, [document, ready, drawn, size, sizeOf, go, fitted]);
  useEffect(
    () => () => {
      if (looked.current && !fitted.current) remembered.set(document.path, flow.getViewport());
    },
    [document, flow, fitted],
  );
}

/** Brings the selected state, and the one where the debugger stands, into sight. */
function useReveal(diagram: DiagramView, ready: boolean, sizeOf: SizeOf, go: Go) {
  const flow = useReactFlow();
  const { selection } = useSession();
  const selected = useSignal(selection.current);
  const shown = useRef(0);
  useEffect(() => {
    if (!ready || !selected || selected.reveal === shown.current) return;
    const node = diagram.nodes.find((candidate) => candidate.key === selected.state);
    // Not drawn yet: the next drawing will have it.
    if (!node) return;
    shown.current = selected.reveal;
    go(revealing(node, flow.getViewport(), sizeOf()));
  }, [diagram, selected, ready, flow, sizeOf, go]);
}
