// The data of the selected state, as it flows.
import { Database, MousePointerClick } from "lucide-react";
import { Empty } from "../design/Empty";
import { JsonText } from "../design/JsonText";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { GetStateData, StateData } from "../transport/contract";
import { DataActions } from "./DataActions";
import styles from "./DataTab.module.css";
import { Pickers } from "./Pickers";
import { Stages } from "./Stages";
import { useStateData } from "./useStateData";
import { Watches } from "./Watches";

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
      {asked.kind === "data" ? <Visited data={asked.data} of={asked.of} /> : null}
      {asked.kind === "none" ? <p className={styles.place}>{asked.message}</p> : null}
    </div>
  );
}

function Visited({ data, of }: { data: StateData; of: GetStateData }) {
  return (
    <>
      <p className={styles.place}>{data.place}</p>
      <Pickers data={data} />
      <DataActions data={data} />
      {data.error !== null ? <ErrorOf data={data} /> : null}
      <Stages key={`${data.frame} ${data.visit} ${data.attempt}`} data={data} />
      <Watches of={of} data={data} />
    </>
  );
}

function ErrorOf({ data }: { data: StateData }) {
  return (
    <section className={styles.error} aria-label="Error">
      <h3>{data.error}</h3>
      {data.cause ? (
        <JsonText text={data.cause.text} plain={!data.cause.json} className={styles.cause} />
      ) : null}
      {data.log.length > 0 ? (
        <>
          <p>Last lines of its log</p>
          <pre className={styles.log}>{data.log.map((line) => line.text).join("\n")}</pre>
        </>
      ) : null}
    </section>
  );
}
