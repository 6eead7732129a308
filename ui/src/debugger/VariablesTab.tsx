// What the selected state sees, as a tree: its data, the variables, the context object.
import { Variable } from "lucide-react";
import { useState } from "react";
import { Empty } from "../design/Empty";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { StateData, ValueView } from "../transport/contract";
import { lookOf } from "./Stages";
import { useStateData } from "./useStateData";
import { ValueTree } from "./ValueTree";
import { VariableEditor } from "./VariableEditor";
import styles from "./VariablesTab.module.css";

export function VariablesTab() {
  const { run, selection } = useSession();
  const head = useSignal(run.head);
  const paused = useSignal(run.paused);
  const selected = useSignal(selection.current)?.state ?? paused?.state ?? null;
  if (!head || selected === null) {
    return (
      <Empty icon={Variable} title={head ? "No state selected" : "No run to look at"}>
        {head
          ? "Click a state that the run has reached to see what it sees."
          : "Debug the workflow to see the data, the variables and the context object of each state."}
      </Empty>
    );
  }
  return <VariablesOf key={`${head.execution} ${selected}`} state={selected} />;
}

function VariablesOf({ state }: { state: string }) {
  const document = useDocument();
  const asked = useStateData(state);
  if (asked.kind === "loading") return null;
  if (asked.kind === "none") return <Empty icon={Variable} title={asked.message} />;
  return <Scopes data={asked.data} name={document?.state(state)?.name ?? state} />;
}

function Scopes({ data, name }: { data: StateData; name: string }) {
  const [edited, setEdited] = useState<{ name: string; value: ValueView } | null>(null);
  // Where data can be changed, variables can be, too.
  const held = data.stages.some((stage) => stage.editable);
  const stages = data.stages.filter((stage) => stage.value !== null && lookOf(stage) !== "through");
  return (
    <div className={styles.tab}>
      <Scope title={name}>
        {stages.map((stage) =>
          stage.value ? <ValueTree key={stage.stage} name={stage.title} value={stage.value} /> : null,
        )}
      </Scope>
      <Scope title="Variables" empty="The workflow assigns none up to here.">
        {data.variables.map((variable) => (
          <ValueTree
            key={variable.name}
            name={`$${variable.name}`}
            value={variable.value}
            onEdit={held ? () => setEdited(variable) : undefined}
          />
        ))}
      </Scope>
      <Scope title="Context object">
        {data.context ? <ValueTree name="$$" value={data.context} opened /> : null}
      </Scope>
      {edited ? (
        <VariableEditor frame={data.frame} variable={edited} onClose={() => setEdited(null)} />
      ) : null}
    </div>
  );
}

interface ScopeProps {
  title: string;
  empty?: string;
  children: React.ReactNode;
}

function Scope({ title, empty, children }: ScopeProps) {
  const none = Array.isArray(children) && children.length === 0;
  return (
    <section className={styles.scope} aria-label={title}>
      <h3>{title}</h3>
      {none ? <p className={styles.hint}>{empty}</p> : <ul>{children}</ul>}
    </section>
  );
}
