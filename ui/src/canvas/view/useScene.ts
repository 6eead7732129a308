// What of the drawing is in sight, and whether it is drawn as cards or as an overview.
import { type ReactFlowState, useStore } from "@xyflow/react";
import { useCallback } from "react";
import { same } from "../../session/signal";
import type { DiagramView } from "../../transport/contract";
import { type Box, needsOverview, type View, visibleBox } from "./viewport";

export interface Scene {
  box: Box;
  overview: boolean;
}

/** Changes only when a card comes into sight, not with every pixel. */
export function useScene(diagram: DiagramView): Scene {
  const select = useCallback(
    (flow: ReactFlowState): Scene => {
      const view = viewOf(flow);
      const size = { width: flow.width, height: flow.height };
      return { box: visibleBox(view, size), overview: flow.width > 0 && needsOverview(diagram, view, size) };
    },
    [diagram],
  );
  return useStore(select, same);
}

export function viewOf(flow: ReactFlowState): View {
  const [x, y, zoom] = flow.transform;
  return { x, y, zoom };
}
