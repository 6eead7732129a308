// All transitions in sight, between the rooms and the cards, and the plus buttons on them.
import { ViewportPortal } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { OpenDocument } from "../../session/document";
import { useSession, useSignal } from "../../session/hooks";
import { transitionKey } from "../../session/run";
import type { DiagramView, EdgeView } from "../../transport/contract";
import { LAYER } from "../graph";
import { type Box, touches } from "../view/viewport";
import { WireHandle } from "../wires/WireHandle";
import styles from "./EdgeLayer.module.css";
import { PlusButton } from "./PlusButton";
import { corners } from "./path";
import { onEdge } from "./places";
import { Transition } from "./Transition";

interface Props {
  document: OpenDocument;
  diagram: DiagramView;
  box: Box;
}

/** How long a plus stays after the pointer has left its line, in ms: time to reach it. */
const LINGER = 350;

export function EdgeLayer({ document, diagram, box }: Props) {
  const { run } = useSession();
  const inRun = useSignal(run.head)?.document === document.path;
  const rooms = useMemo(() => new Map(diagram.nodes.map((node) => [node.key, node.parent])), [diagram]);
  const revision = useSignal(run.taken.revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: ordered anew when a transition was taken
  const edges = useMemo(() => {
    const taken = (edge: EdgeView) =>
      Number((run.taken.get(transitionKey(edge.from, edge.transition)) ?? 0) > 0);
    // What was taken lies on top.
    return diagram.edges.filter((edge) => inSight(edge, box)).sort((a, b) => taken(a) - taken(b));
  }, [diagram, box, run, revision]);
  const { hovered: under, hover } = useHover();
  // After another layout the line is elsewhere, and no longer under the pointer.
  const hovered = under && diagram.edges.includes(under) ? under : null;
  const states = document.analysis.get().states;
  const spot = useMemo(
    () => (hovered ? onEdge(hovered, new Map(states.map((state) => [state.key, state]))) : null),
    [hovered, states],
  );
  return (
    <ViewportPortal>
      <svg className={styles.layer} style={{ zIndex: LAYER.edges }} width={1} height={1} aria-hidden>
        {edges.map((edge) => (
          <Transition
            key={edge.id}
            edge={edge}
            inRun={inRun}
            inside={(rooms.get(edge.to) ?? null) !== null && rooms.get(edge.from) === rooms.get(edge.to)}
            onHover={hover}
          />
        ))}
      </svg>
      {hovered ? (
        <End document={document} edge={hovered} onHover={(over) => hover(over ? hovered : null)} />
      ) : null}
      {spot ? (
        <PlusButton key={spot.id} spot={spot} onHover={(over) => hover(over ? hovered : null)} />
      ) : null}
    </ViewportPortal>
  );
}

interface EndProps {
  document: OpenDocument;
  edge: EdgeView;
  onHover(over: boolean): void;
}

/** The end of a transition, by which it can be led elsewhere. */
function End({ document, edge, onHover }: EndProps) {
  const points = corners(edge.points);
  const [start, tip] = [points[0], points.at(-1)];
  if (!start || !tip) return null;
  const from = document.state(edge.from)?.name ?? "Start";
  const to = document.state(edge.to)?.name ?? edge.to;
  return (
    <WireHandle
      document={document}
      source={{ edge }}
      startOf={() => start}
      label={`Lead the transition from ${from} to ${to} elsewhere`}
      style={{ left: tip.x - 6, top: tip.y - 7, zIndex: LAYER.card + 1 }}
      onHover={onHover}
    />
  );
}

function useHover() {
  const [hovered, setHovered] = useState<EdgeView | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hover = useCallback((edge: EdgeView | null) => {
    clearTimeout(timer.current);
    if (edge) setHovered(edge);
    else timer.current = setTimeout(() => setHovered(null), LINGER);
  }, []);
  return { hovered, hover };
}

function inSight(edge: EdgeView, box: Box): boolean {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < edge.points.length; i += 2) {
    const [x = 0, y = 0] = [edge.points[i], edge.points[i + 1]];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return touches(box, left, top, right, bottom);
}
