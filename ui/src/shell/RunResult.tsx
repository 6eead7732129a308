// A run as a whole: what it was started with, and what came of it. Shown while no state is selected.
import { GitFork } from "lucide-react";
import { bytes, duration } from "../design/amounts";
import { Button } from "../design/Button";
import { JsonText } from "../design/JsonText";
import { StatusIcon, statusTitle } from "../design/Status";
import { useSession } from "../session/hooks";
import type { RunHead } from "../session/run";
import type { CauseView, ValueView } from "../transport/contract";
import styles from "./RunResult.module.css";

export function RunResult({ head }: { head: RunHead }) {
  const session = useSession();
  const took = head.ended === null ? null : duration(head.ended - head.started);
  return (
    <div className={styles.result}>
      <h2 className={styles.title}>
        <StatusIcon status={head.status} size={16} silent />
        {statusTitle(head.status)}
      </h2>
      <p className={styles.lead}>{[took && `in ${took}`, head.execution].filter(Boolean).join(" · ")}</p>
      {head.parent !== null ? (
        <Button kind="link" icon={GitFork} onClick={() => void session.showRun(head.parent ?? "")}>
          Show the run it was forked from
        </Button>
      ) : null}
      {head.error !== null ? <Failure error={head.error} cause={head.cause} /> : null}
      {head.output ? <Value title="Output" value={head.output} /> : null}
      <Value title="Input" value={head.input} />
    </div>
  );
}

function Failure({ error, cause }: { error: string; cause: CauseView | null }) {
  return (
    <section>
      <h3 className={styles.heading}>Error</h3>
      <p className={styles.error}>{error}</p>
      {cause ? <JsonText text={cause.text} plain={!cause.json} className={styles.cause} /> : null}
    </section>
  );
}

function Value({ title, value }: { title: string; value: ValueView }) {
  return (
    <section>
      <h3 className={styles.heading}>
        {title}
        <span>{bytes(value.bytes)}</span>
      </h3>
      <JsonText text={value.text} />
      {value.handle !== null ? (
        <p className={styles.lead}>The beginning of it; the rest is too long to show.</p>
      ) : null}
    </section>
  );
}
