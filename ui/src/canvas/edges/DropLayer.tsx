// While a new state is dragged: a plus wherever it can land, and a slot where it would.
import { useReactFlow, ViewportPortal } from "@xyflow/react";
import { Plus } from "lucide-react";
import { type RefObject, useEffect, useMemo } from "react";
import type { OpenDocument } from "../../session/document";
import { useSession, useSignal } from "../../session/hooks";
import { LAYER } from "../graph";
import styles from "./EdgeLayer.module.css";
import { nearestSpot, type Spot, spots } from "./places";

/** How near the pointer has to be to open a slot, in CSS pixels of the window. */
const REACH = 130;

interface Props {
  document: OpenDocument;
  canvas: RefObject<HTMLElement | null>;
}

export function DropLayer({ document, canvas }: Props) {
  const { drag } = useSession();
  const dragged = useSignal(drag.current);
  const diagram = useSignal(document.diagram);
  const flow = useReactFlow();
  const dragging = dragged !== null;
  const all = useMemo(
    () => (dragging ? spots(diagram, document.analysis.get().states) : []),
    [dragging, diagram, document],
  );
  const target = useMemo(() => {
    if (!dragged || !isOver(canvas.current, dragged)) return null;
    return nearestSpot(all, flow.screenToFlowPosition(dragged), REACH / flow.getZoom());
  }, [all, dragged, flow, canvas]);

  useEffect(() => drag.target.set(target?.place ?? null), [drag, target]);
  if (!dragging) return null;
  return (
    <ViewportPortal>
      {all.map((spot) =>
        spot === target ? <Slot key={spot.id} spot={spot} /> : <Mark key={spot.id} spot={spot} />,
      )}
    </ViewportPortal>
  );
}

function Slot({ spot }: { spot: Spot }) {
  return (
    <div className={styles.slot} style={{ left: spot.at.x, top: spot.at.y, zIndex: LAYER.card + 1 }}>
      <span>{spot.title}</span>
    </div>
  );
}

function Mark({ spot }: { spot: Spot }) {
  return (
    <div className={styles.plus} style={{ left: spot.at.x, top: spot.at.y, zIndex: LAYER.card + 1 }}>
      <Plus size={12} strokeWidth={2} aria-hidden />
    </div>
  );
}

function isOver(canvas: HTMLElement | null, at: { x: number; y: number }): boolean {
  const box = canvas?.getBoundingClientRect();
  return box !== undefined && at.x > box.left && at.x < box.right && at.y > box.top && at.y < box.bottom;
}
