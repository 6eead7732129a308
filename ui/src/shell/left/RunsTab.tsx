// The runs of the project, newest first, forks under the run they came from; a click shows one.
import { GitFork, History, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { matches } from "../../debugger/lists/filter";
import { duration } from "../../design/amounts";
import { IconButton } from "../../design/Button";
import { copyText } from "../../design/copyText";
import { Empty } from "../../design/Empty";
import { TextInput } from "../../design/Field";
import { join } from "../../design/join";
import { Menu, type MenuItem } from "../../design/Menu";
import { StatusIcon, statusTitle } from "../../design/Status";
import { useSession, useSignal } from "../../session/hooks";
import { isLive } from "../../session/run";
import { type ListedRun, runTree } from "../../session/runTree";
import type { Session } from "../../session/session";
import type { ProjectView, RunSummary } from "../../transport/contract";
import styles from "./left.module.css";

/** A few runs need no filter. */
const FILTER_FROM = 6;
const NOT_KEPT = "Nothing can be written in this folder: runs are kept only until the project is closed.";
const INDENT = 16;
const MOST_INDENT = 4;

export function RunsTab({ project }: { project: ProjectView }) {
  const session = useSession();
  const list = useSignal(session.runs.list);
  const [filter, setFilter] = useState("");
  if (list === null) return null;
  if (list.length === 0) {
    return (
      <Empty icon={History} title="No runs yet">
        {project.unwritable === null ? "What you run or debug is kept here." : NOT_KEPT}
      </Empty>
    );
  }
  const shown = runTree(list).filter(({ run }) => matches(filter, textOf(run)));
  return (
    <div className={styles.list}>
      {list.length >= FILTER_FROM ? (
        <div className={styles.filter}>
          <TextInput
            type="search"
            aria-label="Filter runs"
            placeholder="Filter by status, time or name"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
      ) : null}
      {shown.map((listed) => (
        <RunRow key={listed.run.execution} listed={listed} workflows={project.workflows.length} />
      ))}
      {shown.length === 0 ? <p className={styles.hint}>No run is like that.</p> : null}
      {project.unwritable === null ? null : <p className={styles.hint}>{NOT_KEPT}</p>}
    </div>
  );
}

function textOf(run: RunSummary): string {
  return `${statusTitle(run.status)} ${madeAt(run.created)} ${run.workflow} ${run.execution}`;
}

function RunRow({ listed, workflows }: { listed: ListedRun; workflows: number }) {
  const session = useSession();
  const { run, depth } = listed;
  const shown = useSignal(session.run.head)?.execution === run.execution;
  // By the run's own clock; a fork's began to run with its parent.
  const took = run.ended !== null ? duration(run.ended - run.started) : statusTitle(run.status);
  return (
    <div
      className={join(styles.runRow, shown && styles.current)}
      style={{ paddingLeft: Math.min(depth, MOST_INDENT) * INDENT }}
    >
      <button
        type="button"
        className={join(styles.row, styles.run)}
        aria-current={shown || undefined}
        onClick={() => void session.showRun(run.execution)}
      >
        <StatusIcon status={run.status} />
        <span className={styles.lines}>
          <span className={styles.title}>{madeAt(run.created)}</span>
          <span className={styles.second}>
            {[took, workflows > 1 ? run.workflow : null, run.execution].filter(Boolean).join(" · ")}
          </span>
        </span>
        {run.parent !== null ? (
          <GitFork size={14} strokeWidth={1.75} role="img" aria-label={`Fork of ${run.parent}`} />
        ) : null}
      </button>
      <Menu items={actions(session, run)} align="end">
        <IconButton
          icon={MoreHorizontal}
          label={`More for the run of ${madeAt(run.created)}`}
          className={styles.more}
        />
      </Menu>
    </div>
  );
}

function actions(session: Session, run: RunSummary): MenuItem[] {
  const { execution } = run;
  const copyArn = () =>
    session.attempt(async () => {
      const { arn } = await session.transport.call("run.get", { execution });
      if (await copyText(arn)) session.notices.add("info", "The execution's ARN is copied.");
      else session.notices.add("warning", "The clipboard can't be used here.");
    });
  return [
    { title: "Show", onSelect: () => void session.showRun(execution) },
    { title: "Run with its input…", onSelect: () => void session.prepareRun(execution) },
    { title: "Copy ARN", onSelect: () => void copyArn() },
    "line",
    {
      title: "Remove",
      disabled: isLive(run.status) || run.status === "elsewhere",
      onSelect: () => void session.removeRun(execution),
    },
  ];
}

function madeAt(at: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const today = date.toDateString() === new Date().toDateString();
  return today ? time : `${date.toLocaleDateString(undefined, { month: "short", day: "numeric" })}, ${time}`;
}
