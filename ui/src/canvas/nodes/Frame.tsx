// What every node of a state has: its name for tests and screen readers, its status, its selection.
import type { ReactNode } from "react";
import { join } from "../../design/join";
import { statusTitle } from "../../design/Status";
import { useSession } from "../../session/hooks";
import styles from "./Frame.module.css";
import type { useNode } from "./useNode";

export type NodeView = ReturnType<typeof useNode>;

interface FrameProps {
  node: NodeView;
  stateKey: string;
  className?: string;
  children: ReactNode;
}

export function Frame({ node, stateKey, className, children }: FrameProps) {
  const session = useSession();
  const { state, run, selected } = node;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas has the keys, see useCanvasKeys
    // biome-ignore lint/a11y/useSemanticElements: a button must not hold the breakpoint's button and the name's field
    <div
      id={elementId(stateKey)}
      role="button"
      tabIndex={-1}
      aria-pressed={selected}
      aria-label={spoken(node)}
      data-state-name={node.name}
      data-status={run?.status}
      data-type={state?.stateType ?? undefined}
      className={join(styles.frame, selected && styles.selected, run && styles[run.status], className)}
      onClick={() => session.selection.touch(stateKey)}
    >
      {children}
    </div>
  );
}

/** The element of a state's node, for `aria-activedescendant`. */
export function elementId(key: string): string {
  return `node-${encodeURIComponent(key)}`;
}

function spoken({ state, name, run, pill, breakpoint }: NodeView): string {
  const status = run ? [statusTitle(run.status), pill].filter(Boolean).join(" ") : null;
  const parts = [name, state?.stateType, state?.summary, status, breakpoint ? "breakpoint" : null];
  return parts.filter(Boolean).join(", ");
}
