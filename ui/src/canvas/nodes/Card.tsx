// A state as a card: icon, name, what it does; its status on the shoulder, its breakpoint on the corner.
import { memo } from "react";
import { Icon } from "../../design/icons";
import { join } from "../../design/join";
import type { CanvasNode } from "../graph";
import { BreakpointCorner } from "./BreakpointCorner";
import styles from "./Card.module.css";
import { Frame } from "./Frame";
import { NameField } from "./NameField";
import { Severity } from "./Severity";
import { Shoulder } from "./Shoulder";
import { progressSummary } from "./status";
import { useNode } from "./useNode";

interface Props {
  data: CanvasNode["data"];
  type?: string;
}

export const Card = memo(function Card({ data, type }: Props) {
  const node = useNode(data);
  const { state, run } = node;
  return (
    <Frame
      node={node}
      document={data.document}
      stateKey={data.key}
      className={join(
        styles.card,
        type === "stack" && styles.stack,
        state?.stateType === "Choice" && styles.choice,
      )}
    >
      <span className={styles.tile}>
        <Icon name={state?.icon ?? "unknown"} />
      </span>
      <span className={styles.words}>
        <NameField stateKey={data.key} name={node.name} className={styles.name} />
        {state?.summary ? (
          <span className={styles.summary}>{progressSummary(state.summary, run)}</span>
        ) : null}
      </span>
      <Severity severity={state?.severity ?? null} />
      <Shoulder node={node} className={styles.shoulder} />
      <BreakpointCorner stateKey={data.key} name={node.name} breakpoints={node.breakpoints} />
    </Frame>
  );
});
