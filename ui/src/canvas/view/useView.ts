// Moves the view: zoom, and what the view does by itself.
import { useReactFlow, useStore } from "@xyflow/react";
import { type RefObject, useCallback, useMemo, useRef } from "react";
import type { OpenDocument } from "../../session/document";
import type { DiagramView } from "../../transport/contract";
import type { Zoom } from "../useCanvasKeys";
import { type Follows, useFollow } from "./useFollow";
import { type View, wholeView, ZOOM } from "./viewport";

const GLIDE = 220;

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
  const viewNow = useCallback(() => goal.current ?? flow.getViewport(), [flow]);
  const sizeOf = useCallback(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = canvas.current ?? {};
    return { width, height };
  }, [canvas]);

  const follows = useRef<Follows>("first");
  const leave = useCallback(() => {
    follows.current = null;
    goal.current = null;
  }, []);
  useFollow({ document, diagram, ready, follows, sizeOf, viewNow, go });

  const zoom: Zoom = useCallback(
    (by) => {
      const size = sizeOf();
      follows.current = by === "fit" ? "whole" : null;
      if (by === "fit") return go(wholeView(document.diagram.get(), size));
      const now = viewNow();
      const factor = by === "in" ? ZOOM.step : 1 / ZOOM.step;
      const to = by === "reset" ? 1 : Math.min(ZOOM.max, Math.max(ZOOM.min, now.zoom * factor));
      const [cx, cy] = [size.width / 2, size.height / 2];
      const scale = to / now.zoom;
      return go({ zoom: to, x: cx - (cx - now.x) * scale, y: cy - (cy - now.y) * scale });
    },
    [go, sizeOf, viewNow, document],
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
