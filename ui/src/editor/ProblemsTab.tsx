// What is wrong in the open document and in the project, with its fixes.
import { AlertTriangle, CircleAlert, CircleCheck, Info } from "lucide-react";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
import { join } from "../design/join";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { DiagnosticView, ProjectProblem, Severity } from "../transport/contract";
import styles from "./ProblemsTab.module.css";

const ICONS = { error: CircleAlert, warning: AlertTriangle, info: Info };
const ORDER: Severity[] = ["error", "warning", "info"];

export function ProblemsTab() {
  const document = useDocument();
  const { project } = useSession();
  const state = useSignal(project.state);
  const ofProject = state.kind === "open" ? state.project.problems : [];
  return document ? <Listed document={document} ofProject={ofProject} /> : null;
}

function Listed({ document, ofProject }: { document: OpenDocument; ofProject: readonly ProjectProblem[] }) {
  const { diagnostics } = useSignal(document.analysis);
  if (diagnostics.length + ofProject.length === 0) {
    return (
      <Empty icon={CircleCheck} title="No problems">
        The definition and the project read well.
      </Empty>
    );
  }
  // The number in the analysis is what a fix is asked for by.
  const numbered = diagnostics.map((problem, number) => ({ problem, number }));
  numbered.sort((a, b) => ORDER.indexOf(a.problem.severity) - ORDER.indexOf(b.problem.severity));
  return (
    <ul className={styles.list}>
      {numbered.map(({ problem, number }) => (
        <Row key={number} document={document} problem={problem} number={number} />
      ))}
      {ofProject.map((problem) => (
        <li key={`${problem.path}:${problem.line}:${problem.message}`} className={styles.row}>
          <Sign severity={problem.severity} />
          <span className={styles.message}>{problem.message}</span>
          <span className={styles.place}>
            {problem.path}
            {problem.line === null ? "" : `:${problem.line}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  document: OpenDocument;
  problem: DiagnosticView;
  number: number;
}

function Row({ document, problem, number }: RowProps) {
  const { documents, selection, layout } = useSession();
  const { version } = document.analysis.get();
  const jump = () => {
    if (problem.state !== null) selection.select(problem.state);
    const from = document.shown(version, problem.from) ?? problem.from;
    const to = document.shown(version, problem.to, -1) ?? problem.to;
    selection.goTo(from, to);
    layout.showCode();
  };
  return (
    <li className={styles.row}>
      <Sign severity={problem.severity} />
      <button type="button" className={styles.message} onClick={jump}>
        {problem.message}
      </button>
      {problem.fix ? (
        <Button kind="link" title={problem.fix} onClick={() => void documents.fix(version, number)}>
          Fix
        </Button>
      ) : null}
      <span className={styles.code}>{problem.code}</span>
      <span className={styles.place}>
        {problem.line}:{problem.column}
      </span>
    </li>
  );
}

function Sign({ severity }: { severity: Severity }) {
  const Icon = ICONS[severity];
  return (
    <Icon
      size={14}
      strokeWidth={1.75}
      className={join(styles.sign, styles[severity])}
      aria-label={severity}
    />
  );
}
