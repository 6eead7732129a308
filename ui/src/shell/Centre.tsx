// The workflow: drawn, as text, or both side by side; and what stands there when there is none.
import { FileWarning, FolderSearch } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Canvas } from "../canvas/Canvas";
import { DebugBar } from "../debugger/DebugBar";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
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
      return <Views />;
  }
}

function Views() {
  const { layout } = useSession();
  const { mode, split } = useSignal(layout.state);
  const element = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  return (
    <div className={styles.centre}>
      <Banners />
      <div ref={element} className={styles.views}>
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
            line="vertical"
            size={split * width}
            min={240}
            max={Math.max(240, width - 240)}
            onChange={(size) => width > 0 && layout.change({ split: size / width })}
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

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
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
