// The workflow: drawn, as text, or both: side by side, or one above the other where it is narrow; and what stands there when there is none.
import { FileWarning, FolderSearch } from "lucide-react";
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Canvas } from "../canvas/Canvas";
import { DebugBar } from "../debugger/DebugBar";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
import { join } from "../design/join";
import { Splitter } from "../design/Splitter";
import { CodeView } from "../editor/CodeView";
import { useSession, useSignal } from "../session/hooks";
import type { ProjectView } from "../transport/contract";
import { Banners } from "./Banners";
import styles from "./Centre.module.css";

export function Centre({ project }: { project: ProjectView }) {
  const session = useSession();
  const current = useSignal(session.documents.current);
  if (project.workflows.length === 0) return <NoWorkflow project={project} />;
  switch (current.kind) {
    case "none":
    case "loading":
      return <Loading />;
    case "failed":
      return (
        <div className={styles.message}>
          <Empty
            icon={FileWarning}
            title={current.failure.message}
            actions={<Button onClick={() => void session.documents.show(current.path)}>Try again</Button>}
          >
            {current.failure.hint}
          </Empty>
        </div>
      );
    case "open":
      return <Views project={project} />;
  }
}

/** Narrower than this, drawing and text stand one above the other in Split; in CSS pixels. */
const SIDE_BY_SIDE = 800;
/** The least width, or height, of each of the two. */
const LEAST = { beside: 240, above: 120 };

function Views({ project }: { project: ProjectView }) {
  const { layout } = useSession();
  const { mode, split } = useSignal(layout.state);
  const element = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(element);
  const stacked = width < SIDE_BY_SIDE;
  const [length, least] = stacked ? [height, LEAST.above] : [width, LEAST.beside];
  return (
    <div className={styles.centre}>
      <Banners project={project} />
      <div ref={element} className={join(styles.views, mode === "split" && stacked && styles.stacked)}>
        {mode === "code" ? null : (
          <div
            className={styles.canvas}
            style={mode === "split" ? { flex: `0 0 ${split * 100}%` } : undefined}
          >
            <Canvas />
            <div className={styles.debugBar}>
              <DebugBar />
            </div>
          </div>
        )}
        {mode === "split" ? (
          <Splitter
            label="Share of the canvas"
            line={stacked ? "horizontal" : "vertical"}
            size={split * length}
            min={least}
            max={Math.max(least, length - least)}
            onChange={(size) => length > 0 && layout.change({ split: size / length })}
          />
        ) : null}
        {mode === "design" ? null : (
          <div className={styles.code}>
            <CodeView />
            {mode === "code" ? (
              <div className={styles.debugBar}>
                <DebugBar />
              </div>
            ) : null}
          </div>
        )}
      </div>
    </div>
  );
}

/** In CSS pixels; known before the first paint. */
function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

function NoWorkflow({ project }: { project: ProjectView }) {
  const session = useSession();
  const problems: ReactNode[] = project.problems.map((problem) => (
    <p key={`${problem.path}:${problem.line}:${problem.message}`} className={styles.problem}>
      <code>
        {problem.path}
        {problem.line === null ? "" : `:${problem.line}`}
      </code>{" "}
      {problem.message}
    </p>
  ));
  return (
    <div className={styles.message}>
      <Empty
        icon={FolderSearch}
        title="No workflow in this folder"
        actions={<Button onClick={() => void session.askForProject()}>Open another…</Button>}
      >
        {project.manifest
          ? `${project.manifest} declares no state machine that could be read.`
          : "A workflow is a state machine in template.yaml, or a file named *.asl.json or *.asl.yaml."}{" "}
        As soon as there is one, it is shown here.
        {problems}
      </Empty>
    </div>
  );
}

function Loading() {
  return (
    <div className={styles.message} role="status" aria-label="Opening the workflow">
      <div className={styles.skeleton} aria-hidden>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
