// The line at the bottom: how the run stands, how the text stands, what is wrong.
import { AlertTriangle, Check, CircleAlert, CircleDot, Lock, Timer, WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { plural } from "../design/amounts";
import { join } from "../design/join";
import { StatusIcon, statusTitle } from "../design/Status";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { RunHead } from "../session/run";
import type { ProjectView } from "../transport/contract";
import styles from "./StatusBar.module.css";
import { useProblemCount } from "./useProblemCount";

export function StatusBar({ project }: { project: ProjectView }) {
  const session = useSession();
  const head = useSignal(session.run.head);
  const connection = useSignal(session.connection);
  const document = useDocument();
  return (
    <footer className={styles.bar}>
      {connection === "offline" ? (
        <span className={join(styles.item, styles.lost)} role="alert">
          <WifiOff size={14} strokeWidth={1.75} aria-hidden />
          Stepwell does not answer; trying again
        </span>
      ) : null}
      {head ? <RunStatus head={head} /> : null}
      {document ? <TextStatus document={document} /> : null}
      {project.unwritable === null ? null : (
        <span
          className={styles.item}
          title={`Runs are kept only until the project is closed: ${project.unwritable}`}
        >
          <Lock size={14} strokeWidth={1.75} aria-hidden />
          Runs are not kept
        </span>
      )}
      <span className={styles.space} />
      <Problems />
      {document ? <Language document={document} project={project} /> : null}
    </footer>
  );
}

function RunStatus({ head }: { head: RunHead }) {
  const session = useSession();
  const document = useDocument();
  const states = document?.states;
  const paused = head.paused?.state;
  const name = paused ? (states?.get(paused)?.name ?? paused) : null;
  return (
    <>
      <span className={join(styles.item, styles[head.status])} role="status">
        <StatusIcon status={head.status} silent />
        {name ? `Paused at ${name}` : statusTitle(head.status)}
        {head.past ? " · in the past" : ""}
      </span>
      <span className={styles.item} title="With virtual time, waits and delays pass at once">
        <Timer size={14} strokeWidth={1.75} aria-hidden />
        {head.virtualTime ? "Virtual time" : "Virtual time off"}
      </span>
      <button type="button" className={styles.item} onClick={() => session.layout.showFloor("events")}>
        {plural(head.events, "event")} · {plural(head.transitions, "transition")}
      </button>
    </>
  );
}

function TextStatus({ document }: { document: OpenDocument }) {
  const session = useSession();
  const status = useSignal(document.status);
  if (status.dirty) {
    return (
      <button
        type="button"
        className={styles.item}
        title={
          status.unprotected === null
            ? "Save (Ctrl+S)"
            : `A crash would lose what is not saved: ${status.unprotected}`
        }
        onClick={() => void session.documents.save()}
      >
        <CircleDot size={14} strokeWidth={1.75} aria-hidden />
        {status.unprotected === null ? "Not saved" : "Not saved, not protected"}
      </button>
    );
  }
  return (
    <span className={styles.item}>
      <Check size={14} strokeWidth={1.75} aria-hidden />
      Saved
    </span>
  );
}

function Problems() {
  const { layout } = useSession();
  const { errors, warnings } = useProblemCount();
  if (errors + warnings === 0) return null;
  return (
    <button type="button" className={styles.item} onClick={() => layout.showFloor("problems")}>
      {errors > 0 ? (
        <>
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
          {plural(errors, "error")}
        </>
      ) : null}
      {warnings > 0 ? (
        <>
          <AlertTriangle
            size={14}
            strokeWidth={1.75}
            aria-hidden
            className={errors > 0 ? styles.second : undefined}
          />
          {plural(warnings, "warning")}
        </>
      ) : null}
    </button>
  );
}

function Language({ document, project }: { document: OpenDocument; project: ProjectView }) {
  const session = useSession();
  const id = useSignal(session.project.workflow);
  const language = useSyncExternalStore(
    document.analysis.subscribe,
    () => document.analysis.get().queryLanguage,
  );
  const kind = project.workflows.find((workflow) => workflow.id === id)?.kind ?? "standard";
  return (
    <span className={styles.item}>
      {language} · {kind === "express" ? "Express" : "Standard"}
    </span>
  );
}
