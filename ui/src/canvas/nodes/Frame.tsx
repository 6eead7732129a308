// What every node of a state has: its name for tests and screen readers, its status, its selection.
import type { ReactNode } from "react";
import { join } from "../../design/join";
import { statusTitle } from "../../design/Status";
import { inWords } from "../../session/breakpoints";
import type { OpenDocument } from "../../session/document";
import { useSession } from "../../session/hooks";
import { WireHandle } from "../wires/WireHandle";
import styles from "./Frame.module.css";
import type { useNode } from "./useNode";

export type NodeView = ReturnType<typeof useNode>;

interface FrameProps {
  node: NodeView;
  document: OpenDocument;
  stateKey: string;
  className?: string;
  children: ReactNode;
}

export function Frame({ node, document, stateKey, className, children }: FrameProps) {
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
      data-state-key={stateKey}
      data-state-name={node.name}
      data-status={run?.status}
      data-type={state?.stateType ?? undefined}
      className={join(styles.frame, selected && styles.selected, run && styles[run.status], className)}
      onClick={() => session.selection.touch(stateKey)}
    >
      {children}
      {state && state.stateType !== "Succeed" && state.stateType !== "Fail" ? (
        <LeadHandle document={document} stateKey={stateKey} name={node.name} />
      ) : null}
    </div>
  );
}

interface LeadProps {
  document: OpenDocument;
  stateKey: string;
  name: string;
}

function LeadHandle({ document, stateKey, name }: LeadProps) {
  const startOf = () => {
    const place = document.diagram.get().nodes.find((view) => view.key === stateKey);
    return place ? { x: place.x + place.width / 2, y: place.y + place.height } : null;
  };
  return (
    <WireHandle
      document={document}
      source={{ from: stateKey }}
      startOf={startOf}
      label={`Lead ${name} to another state`}
      className={styles.handle}
    />
  );
}

/** The element of a state's node, for `aria-activedescendant`. */
export function elementId(key: string): string {
  return `node-${encodeURIComponent(key)}`;
}

function spoken({ state, name, run, pill, breakpoints }: NodeView): string {
  const status = run ? [statusTitle(run.status), pill].filter(Boolean).join(" ") : null;
  const parts = [
    name,
    state?.stateType,
    state?.summary,
    status,
    breakpoints.length > 0 ? `stops ${inWords(breakpoints)}` : null,
  ];
  return parts.filter(Boolean).join(", ");
}
