// Where am I, how do I look at it, what can I do.
import {
  Bug,
  ChevronDown,
  Download,
  FolderOpen,
  PanelLeft,
  PanelRight,
  Play,
  Redo2,
  Square,
  Undo2,
  X,
} from "lucide-react";
import { Button, IconButton } from "../design/Button";
import { Menu, type MenuItem } from "../design/Menu";
import { Segmented } from "../design/Segmented";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession, useSignal } from "../session/hooks";
import { isLive } from "../session/run";
import type { ProjectView } from "../transport/contract";
import { Sign } from "./Sign";
import styles from "./TopBar.module.css";

const MODES = [
  { id: "design" as const, title: "Design" },
  { id: "split" as const, title: "Split" },
  { id: "code" as const, title: "Code" },
];

export function TopBar({ project }: { project: ProjectView }) {
  const { layout } = useSession();
  const state = useSignal(layout.state);
  return (
    <header className={styles.bar}>
      <div className={styles.where}>
        <Sign />
        <Breadcrumbs project={project} />
      </div>
      <Segmented
        label="View"
        options={MODES}
        current={state.mode}
        onChange={(mode) => layout.setMode(mode)}
      />
      <div className={styles.actions}>
        <History />
        <div className={styles.icons}>
          <IconButton
            icon={PanelLeft}
            label={state.leftFolded ? "Show left room" : "Hide left room"}
            onClick={() => layout.change({ leftFolded: !state.leftFolded })}
          />
          <IconButton
            icon={PanelRight}
            label={state.rightFolded ? "Show right room" : "Hide right room"}
            onClick={() => layout.foldRight(!state.rightFolded)}
          />
        </div>
        <Actions project={project} />
      </div>
    </header>
  );
}

/** Undo and redo say what they would take back or bring back. */
function History() {
  const document = useDocument();
  return document ? <HistoryButtons document={document} /> : null;
}

function HistoryButtons({ document }: { document: OpenDocument }) {
  const { documents } = useSession();
  const { undo, redo } = useSignal(document.status);
  return (
    <div className={styles.icons}>
      <IconButton
        icon={Undo2}
        label={undo ? `Undo ${undo}` : "Undo"}
        keys="Ctrl+Z"
        disabled={undo === null}
        onClick={() => void documents.undo()}
      />
      <IconButton
        icon={Redo2}
        label={redo ? `Redo ${redo}` : "Redo"}
        keys="Ctrl+Shift+Z"
        disabled={redo === null}
        onClick={() => void documents.redo()}
      />
    </div>
  );
}

function Actions({ project }: { project: ProjectView }) {
  const session = useSession();
  const busy = useSignal(session.runs.starting);
  const head = useSignal(session.run.head);
  // A debugged run has its own Stop, in the bar over the canvas.
  const stoppable = head !== null && !head.debug && isLive(head.status);
  const none = project.workflows.length === 0;
  return (
    <>
      <Button icon={Download} disabled={none} onClick={() => session.dialog.set("export")}>
        Export
      </Button>
      {stoppable ? (
        <Button icon={Square} kind="danger" title="Stop (Shift+F5)" onClick={() => void session.run.stop()}>
          Stop
        </Button>
      ) : null}
      <Button
        icon={Play}
        disabled={none || busy}
        title="Run… (Ctrl+Enter)"
        onClick={() => session.dialog.set("run")}
      >
        Run
      </Button>
      <Button
        icon={Bug}
        kind="primary"
        disabled={none || busy}
        title="Debug… (F5)"
        onClick={() => session.dialog.set("debug")}
      >
        Debug
      </Button>
    </>
  );
}

function Breadcrumbs({ project }: { project: ProjectView }) {
  const session = useSession();
  const info = useSignal(session.project.info);
  const id = useSignal(session.project.workflow);
  const workflow = project.workflows.find((candidate) => candidate.id === id);
  const recent = (info?.recent ?? []).filter((other) => other.exists && other.path !== project.root);
  const items: MenuItem[] = [
    {
      title: "Open a project…",
      icon: FolderOpen,
      keys: "Ctrl+O",
      onSelect: () => void session.askForProject(),
    },
    ...(recent.length > 0 ? ["line" as const, { heading: "Recent" }] : []),
    ...recent.map((other) => ({
      title: other.name,
      note: other.path,
      onSelect: () => void session.attempt(() => session.openProject(other.path)),
    })),
    "line",
    { title: "Close project", icon: X, onSelect: () => void session.closeProject() },
  ];
  return (
    <nav className={styles.crumbs} aria-label="Where">
      <Menu items={items}>
        <button type="button" className={styles.crumb} title={project.root}>
          <span>{project.name}</span>
          <ChevronDown size={12} strokeWidth={2} aria-hidden />
        </button>
      </Menu>
      {workflow ? <WorkflowCrumb project={project} name={fileName(workflow.document)} /> : null}
    </nav>
  );
}

function WorkflowCrumb({ project, name }: { project: ProjectView; name: string }) {
  const session = useSession();
  const items: MenuItem[] = project.workflows.map((workflow) => ({
    title: workflow.name,
    note: workflow.document,
    onSelect: () => session.project.workflow.set(workflow.id),
  }));
  return (
    <>
      <span className={styles.slash} aria-hidden>
        ›
      </span>
      {project.workflows.length > 1 ? (
        <Menu items={items}>
          <button type="button" className={styles.crumb}>
            <strong>{name}</strong>
            <ChevronDown size={12} strokeWidth={2} aria-hidden />
          </button>
        </Menu>
      ) : (
        <strong className={styles.last}>{name}</strong>
      )}
    </>
  );
}

function fileName(path: string): string {
  return path.split("/").at(-1) ?? path;
}
