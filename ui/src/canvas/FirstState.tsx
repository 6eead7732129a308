// A workflow without states: how to begin.
import { Plus, Workflow } from "lucide-react";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
import { iconFor } from "../design/icons";
import { Menu } from "../design/Menu";
import type { OpenDocument } from "../session/document";
import { FLOW_STATES } from "../session/flowStates";
import { useSession, useSignal } from "../session/hooks";
import styles from "./Canvas.module.css";

export function FirstState({ document }: { document: OpenDocument }) {
  const { documents } = useSession();
  const { states, diagnostics } = useSignal(document.analysis);
  if (states.length > 0) return null;
  const broken = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  const items = FLOW_STATES.map(({ stateType, icon }) => ({
    title: stateType,
    icon: iconFor(icon),
    onSelect: () => void documents.insert({ kind: "beforeStart", scope: "" }, { stateType }),
  }));
  return (
    <div className={styles.first}>
      <Empty
        icon={Workflow}
        title={broken ? "Nothing to draw yet" : "This workflow has no states"}
        actions={
          broken ? null : (
            <Menu items={items}>
              <Button icon={Plus}>Add the first state</Button>
            </Menu>
          )
        }
      >
        {broken
          ? "No state of this text could be read. Problems, below, says where it breaks."
          : "Add one here, or type in the code."}
      </Empty>
    </div>
  );
}
