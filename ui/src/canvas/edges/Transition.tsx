// One transition: a line with rounded corners, an arrow head, its rule in code type on the ground's colour.
import { memo } from "react";
import { join } from "../../design/join";
import { useKeyed, useSession } from "../../session/hooks";
import { transitionKey } from "../../session/run";
import type { EdgeView } from "../../transport/contract";
import { arrowHead, corners, roundedPath } from "./path";
import styles from "./Transition.module.css";
import { useGlide } from "./useGlide";

interface Props {
  edge: EdgeView;
  /** The run that is shown is one of this document. */
  inRun: boolean;
  /** Lies in a room: its label stands on the room's colour. */
  inside: boolean;
  onHover(edge: EdgeView | null): void;
}

export const Transition = memo(function Transition({ edge, inRun, inside, onHover }: Props) {
  const { run } = useSession();
  const count = useKeyed(run.taken, transitionKey(edge.from, edge.transition)) ?? 0;
  const taken = inRun && count > 0;
  const points = corners(useGlide(edge.points));
  const line = roundedPath(points);
  return (
    <g
      className={join(styles.edge, edge.kind === "catch" && styles.catch, taken && styles.taken)}
      data-edge={edge.id}
      data-taken={taken || undefined}
    >
      <path
        className={styles.reach}
        d={line}
        onPointerEnter={() => onHover(edge)}
        onPointerLeave={() => onHover(null)}
      />
      <path className={styles.line} d={line} />
      <path className={styles.head} d={arrowHead(points)} />
      {edge.label ? <Label edge={edge} inside={inside} /> : null}
    </g>
  );
});

function Label({ edge, inside }: { edge: EdgeView; inside: boolean }) {
  const { label } = edge;
  if (!label) return null;
  const { x, y, width, height } = label;
  return (
    <g className={join(styles.label, inside && styles.inside)}>
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={3} />
      <text x={x} y={y}>
        {label.text}
      </text>
    </g>
  );
}
