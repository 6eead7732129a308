// The project as a tree: workflows, functions, events, and what is wrong with it.
import { AlertTriangle, CircleAlert, FileBraces, SquareFunction, Workflow } from "lucide-react";
import { join } from "../../design/join";
import { Tooltip } from "../../design/Tooltip";
import { useSession, useSignal } from "../../session/hooks";
import type { FunctionView, ProjectView, Severity } from "../../transport/contract";
import styles from "./left.module.css";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

export function ProjectTab({ project }: { project: ProjectView }) {
  return (
    <div className={styles.list}>
      <Workflows project={project} />
      {project.functions.length > 0 ? <h3 className={styles.heading}>Functions</h3> : null}
      {project.functions.map((fn) => (
        <FunctionRow key={fn.name} fn={fn} />
      ))}
      <Events project={project} />
      <Problems project={project} />
    </div>
  );
}

function Workflows({ project }: { project: ProjectView }) {
  const session = useSession();
  const id = useSignal(session.project.workflow);
  return (
    <>
      <h3 className={styles.heading}>Workflows</h3>
      {project.workflows.length === 0 ? <p className={styles.hint}>None in this folder.</p> : null}
      {project.workflows.map((workflow) => (
        <button
          key={workflow.id}
          type="button"
          className={join(styles.row, workflow.id === id && styles.current)}
          aria-current={workflow.id === id || undefined}
          title={workflow.document}
          onClick={() => session.project.workflow.set(workflow.id)}
        >
          <Workflow {...ICON} />
          <span className={styles.title}>{workflow.name}</span>
          {workflow.missing ? <span className={styles.note}>not on disk</span> : null}
          {workflow.kind === "express" ? <span className={styles.note}>express</span> : null}
        </button>
      ))}
    </>
  );
}

function FunctionRow({ fn }: { fn: FunctionView }) {
  const row = (
    <div className={styles.row}>
      <SquareFunction {...ICON} />
      <span className={styles.title}>{fn.name}</span>
      {fn.problem ? (
        <AlertTriangle
          size={14}
          strokeWidth={1.75}
          className={styles.problem}
          role="img"
          aria-label={fn.problem}
        />
      ) : null}
      <span className={styles.note}>{fn.runtime}</span>
    </div>
  );
  return (
    <Tooltip side="right" text={fn.problem ?? `${fn.code} · ${fn.handler}`}>
      {row}
    </Tooltip>
  );
}

function Events({ project }: { project: ProjectView }) {
  const session = useSession();
  if (project.events.length === 0) return null;
  const run = (path: string) => {
    session.input.set({ path, text: null });
    session.dialog.set("run");
  };
  return (
    <>
      <h3 className={styles.heading}>Events</h3>
      {project.events.map((event) => (
        <button
          key={event.path}
          type="button"
          className={styles.row}
          title={`Run with ${event.path}…`}
          onClick={() => run(event.path)}
        >
          <FileBraces {...ICON} />
          <span className={styles.title}>{event.name}</span>
        </button>
      ))}
    </>
  );
}

function ProblemSign({ severity }: { severity: Severity }) {
  const Icon = severity === "error" ? CircleAlert : AlertTriangle;
  return <Icon size={14} strokeWidth={1.75} className={styles.problem} role="img" aria-label={severity} />;
}

function Problems({ project }: { project: ProjectView }) {
  if (project.problems.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>Problems</h3>
      {project.problems.map((problem) => (
        <div
          key={`${problem.path}:${problem.line}:${problem.message}`}
          className={join(styles.row, styles.run)}
        >
          <ProblemSign severity={problem.severity} />
          <span className={styles.lines}>
            <span>{problem.message}</span>
            <span className={styles.second}>
              {problem.path}
              {problem.line === null ? "" : `:${problem.line}`}
            </span>
          </span>
        </div>
      ))}
    </>
  );
}
