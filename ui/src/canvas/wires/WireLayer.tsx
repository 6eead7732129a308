// The transition that is being pulled, and the state that it would lead to.
import { ViewportPortal } from "@xyflow/react";
import { useSignal } from "../../session/hooks";
import type { DiagramView } from "../../transport/contract";
import { arrowHead } from "../edges/path";
import { LAYER } from "../graph";
import { useWire } from "./wire";
import styles from "./wires.module.css";

export function WireLayer({ diagram }: { diagram: DiagramView }) {
  const wire = useSignal(useWire());
  if (!wire) return null;
  const { start, end, target } = wire;
  const node = diagram.nodes.find(({ key }) => key === target && target !== null);
  return (
    <ViewportPortal>
      <svg className={styles.layer} style={{ zIndex: LAYER.card + 2 }} width={1} height={1} aria-hidden>
        <path className={styles.line} d={`M${start.x},${start.y} L${end.x},${end.y}`} />
        <path className={styles.head} d={arrowHead([start, end])} />
        {node ? (
          <rect
            className={styles.target}
            x={node.x - 4}
            y={node.y - 4}
            width={node.width + 8}
            height={node.height + 8}
            rx={node.shape === "pill" ? node.height / 2 + 4 : 11}
          />
        ) : null}
      </svg>
    </ViewportPortal>
  );
}
