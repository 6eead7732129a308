// Succeed and Fail, and the pill where everything starts.
import { memo } from "react";
import { Icon } from "../../design/icons";
import { join } from "../../design/join";
import type { CanvasNode } from "../graph";
import { BreakpointCorner } from "./BreakpointCorner";
import { Frame } from "./Frame";
import { NameField } from "./NameField";
import styles from "./Pill.module.css";
import { Severity } from "./Severity";
import { Shoulder } from "./Shoulder";
import { useNode } from "./useNode";

export const Pill = memo(function Pill({ data }: { data: CanvasNode["data"] }) {
  const node = useNode(data);
  const { state } = node;
  return (
    <Frame node={node} document={data.document} stateKey={data.key} className={styles.pill}>
      <span className={join(styles.icon, state?.stateType === "Fail" && styles.fail)}>
        <Icon name={state?.icon ?? "unknown"} />
      </span>
      <NameField stateKey={data.key} name={node.name} className={styles.name} />
      <Severity severity={state?.severity ?? null} />
      {/* These take no time: the icon says it all. */}
      <Shoulder node={{ ...node, pill: null }} className={styles.shoulder} />
      <BreakpointCorner stateKey={data.key} name={node.name} breakpoints={node.breakpoints} />
    </Frame>
  );
});

export const Start = memo(function Start() {
  return <div className={styles.start}>Start</div>;
});
