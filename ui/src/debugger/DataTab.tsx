// The data of the selected state, as it flows.
import { ChevronLeft, ChevronRight, Database, MousePointerClick } from "lucide-react";
import { IconButton } from "../design/Button";
import { Empty } from "../design/Empty";
import { JsonText } from "../design/JsonText";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { StateData } from "../transport/contract";
import { DataActions } from "./DataActions";
import styles from "./DataTab.module.css";
import { Stages } from "./Stages";
import { useStateData } from "./useStateData";
import { Value } from "./Value";

export function DataTab() {
  const { run, selection } = useSession();
  const head = useSignal(run.head);
  const selected = useSignal(selection.current);
  if (!head) {
    return (
      <Empty icon={Database} title="No run to look at">
        Run or debug the workflow: the data of each state is shown here, from its input to its output.
      </Empty>
    );
  }
  if (!selected) {
    return (
      <Empty icon={MousePointerClick} title="No state selected">
        Click a state to see its data.
      </Empty>
    );
  }
  return <DataOf key={`${head.execution} ${selected.state}`} state={selected.state} />;
}

function DataOf({ state }: { state: string }) {
  const document = useDocument();
  const asked = useStateData(state);
  const name = document?.state(state)?.name ?? state;
  return (
    <div className={styles.tab}>
      <h2 className={styles.name}>{name}</h2>
      {asked.kind === "data" ? <Visited data={asked.data} /> : null}
      {asked.kind === "none" ? <p className={styles.place}>{asked.message}</p> : null}
    </div>
  );
}

function Visited({ data }: { data: StateData }) {
  return (
    <>
      <p className={styles.place}>{data.place}</p>
      {data.visits > 1 ? <VisitPicker data={data} /> : null}
      <DataActions data={data} />
      {data.error !== null ? <ErrorOf data={data} /> : null}
      <Stages key={`${data.frame} ${data.visit}`} data={data} />
      {data.variables.length > 0 ? (
        <section className={styles.section} aria-label="Variables">
          <h3>Variables</h3>
          {data.variables.map((variable) => (
            <details key={variable.name} className={styles.details}>
              <summary>
                <code>${variable.name}</code>
              </summary>
              <Value value={variable.value} label={variable.name} />
            </details>
          ))}
        </section>
      ) : null}
      {data.context ? (
        <section className={styles.section}>
          <details className={styles.details}>
            <summary>Context object</summary>
            <Value value={data.context} label="Context object" />
          </details>
        </section>
      ) : null}
    </>
  );
}

function VisitPicker({ data }: { data: StateData }) {
  const { run } = useSession();
  const go = (visit: number) => run.visit.set({ state: data.state, frame: data.frame, visit });
  return (
    <div className={styles.visits}>
      <IconButton
        icon={ChevronLeft}
        label="Previous visit"
        disabled={data.visit === 0}
        onClick={() => go(data.visit - 1)}
      />
      Visit {data.visit + 1} of {data.visits}
      <IconButton
        icon={ChevronRight}
        label="Next visit"
        disabled={data.visit + 1 >= data.visits}
        onClick={() => go(data.visit + 1)}
      />
    </div>
  );
}

function ErrorOf({ data }: { data: StateData }) {
  return (
    <section className={styles.error} aria-label="Error">
      <h3>{data.error}</h3>
      {data.cause ? <JsonText text={data.cause} className={styles.cause} /> : null}
      {data.log.length > 0 ? (
        <>
          <p>Last lines of its log</p>
          <pre className={styles.log}>{data.log.map((line) => line.text).join("\n")}</pre>
        </>
      ) : null}
    </section>
  );
}
