// A Parallel or Map with its inside: a room with a header.
import { memo } from "react";
import { Icon } from "../../design/icons";
import type { CanvasNode } from "../graph";
import { BreakpointCorner } from "./BreakpointCorner";
import { Frame } from "./Frame";
import { IterationPicker } from "./IterationPicker";
import { NameField } from "./NameField";
import styles from "./Room.module.css";
import { Severity } from "./Severity";
import { Shoulder } from "./Shoulder";
import { progressSummary } from "./status";
import { useNode } from "./useNode";

export const Room = memo(function Room({ data }: { data: CanvasNode["data"] }) {
  const node = useNode(data);
  const { state, run } = node;
  return (
    <Frame node={node} document={data.document} stateKey={data.key} className={styles.room}>
      <div className={styles.header}>
        <Icon name={state?.icon ?? "unknown"} />
        <NameField stateKey={data.key} name={node.name} className={styles.name} />
        <span className={styles.summary}>{progressSummary(state?.summary ?? "", run)}</span>
        <Severity severity={state?.severity ?? null} />
        {state?.stateType === "Map" && run ? (
          <IterationPicker document={data.document} stateKey={data.key} />
        ) : null}
        <Shoulder node={node} className={styles.status} />
      </div>
      <BreakpointCorner stateKey={data.key} name={node.name} breakpoint={node.breakpoint} />
    </Frame>
  );
});
