// A Parallel or Map with its inside: a room with a header, whose words stay in sight while any of the header is.
import { type ReactFlowState, useStore } from "@xyflow/react";
import { memo, useCallback } from "react";
import { Icon } from "../../design/icons";
import { same } from "../../session/signal";
import type { CanvasNode } from "../graph";
import { viewOf } from "../view/useScene";
import { cutSides } from "../view/viewport";
import { BreakpointCorner } from "./BreakpointCorner";
import { Frame } from "./Frame";
import { IterationPicker } from "./IterationPicker";
import { NameField } from "./NameField";
import styles from "./Room.module.css";
import { Severity } from "./Severity";
import { Shoulder } from "./Shoulder";
import { progressSummary } from "./status";
import { useNode } from "./useNode";

const HEADER_PADDING = 10;

interface Props {
  data: CanvasNode["data"];
  positionAbsoluteX: number;
  positionAbsoluteY: number;
  width?: number;
}

export const Room = memo(function Room({ data, positionAbsoluteX, positionAbsoluteY, width }: Props) {
  const node = useNode(data);
  const { state, run } = node;
  const cut = useCutSides(positionAbsoluteX, positionAbsoluteY, width ?? 0);
  return (
    <Frame node={node} document={data.document} stateKey={data.key} className={styles.room}>
      <div
        className={styles.header}
        style={{ paddingLeft: HEADER_PADDING + cut.left, paddingRight: HEADER_PADDING + cut.right }}
      >
        <Icon name={state?.icon ?? "unknown"} />
        <span className={styles.words}>
          <NameField stateKey={data.key} name={node.name} className={styles.name} />
          <span className={styles.summary}>{progressSummary(state?.summary ?? "", run)}</span>
        </span>
        <Severity severity={state?.severity ?? null} />
        {state?.stateType === "Map" && run ? (
          <IterationPicker document={data.document} stateKey={data.key} />
        ) : null}
        <Shoulder node={node} className={styles.status} />
      </div>
      <BreakpointCorner stateKey={data.key} name={node.name} breakpoints={node.breakpoints} />
    </Frame>
  );
});

/** Wakes only a room that is cut, and only when it is moved sideways. */
function useCutSides(x: number, y: number, width: number): { left: number; right: number } {
  const select = useCallback(
    (flow: ReactFlowState) => cutSides({ x, y, width }, viewOf(flow), flow),
    [x, y, width],
  );
  return useStore(select, same);
}
