// The runs of the project, newest first; a click shows one.
import { GitFork, History } from "lucide-react";
import { duration } from "../../design/amounts";
import { Empty } from "../../design/Empty";
import { join } from "../../design/join";
import { StatusIcon, statusTitle } from "../../design/Status";
import { useSession, useSignal } from "../../session/hooks";
import type { ProjectView, RunSummary } from "../../transport/contract";
import styles from "./left.module.css";

export function RunsTab({ project }: { project: ProjectView }) {
  const session = useSession();
  const list = useSignal(session.runs.list);
  if (list === null) return null;
  if (list.length === 0) {
    return (
      <Empty icon={History} title="No runs yet">
        What you run or debug is kept here.
      </Empty>
    );
  }
  return (
    <div className={styles.list}>
      {list.map((run) => (
        <RunRow key={run.execution} run={run} workflows={project.workflows.length} />
      ))}
    </div>
  );
}

function RunRow({ run, workflows }: { run: RunSummary; workflows: number }) {
  const session = useSession();
  const shown = useSignal(session.run.head)?.execution === run.execution;
  // A fork's clock goes on from its parent's past: it says nothing about how long the fork took.
  const timed = run.ended !== null && run.parent === null;
  const took = timed ? duration((run.ended ?? 0) - run.started) : statusTitle(run.status);
  return (
    <button
      type="button"
      className={join(styles.row, styles.run, shown && styles.current)}
      aria-current={shown || undefined}
      onClick={() => void session.showRun(run.execution)}
    >
      <StatusIcon status={run.status} />
      <span className={styles.lines}>
        <span className={styles.title}>{startedAt(run.started)}</span>
        <span className={styles.second}>
          {[took, workflows > 1 ? run.workflow : null, run.execution].filter(Boolean).join(" · ")}
        </span>
      </span>
      {run.parent !== null ? (
        <GitFork size={14} strokeWidth={1.75} role="img" aria-label={`Fork of ${run.parent}`} />
      ) : null}
    </button>
  );
}

function startedAt(at: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const today = date.toDateString() === new Date().toDateString();
  return today ? time : `${date.toLocaleDateString(undefined, { month: "short", day: "numeric" })}, ${time}`;
}
