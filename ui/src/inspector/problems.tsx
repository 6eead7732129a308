// What is wrong with a state or one of its fields, with the fix where there is one.
import { Button } from "../design/Button";
import { Problem } from "../design/Field";
import type { OpenDocument } from "../session/document";
import { useSession } from "../session/hooks";
import type { DiagnosticView } from "../transport/contract";
import styles from "./inspector.module.css";

/** A problem with its number in the analysis, which a fix is asked for by. */
export interface Numbered {
  problem: DiagnosticView;
  number: number;
  version: number;
}

export function problemsOf(document: OpenDocument, state: string): Numbered[] {
  const { diagnostics, version } = document.analysis.get();
  return diagnostics
    .map((problem, number) => ({ problem, number, version }))
    .filter(({ problem }) => problem.state === state);
}

/** Those at a pointer inside the state, or below it. */
export function problemsAt(problems: readonly Numbered[], pointer: string): Numbered[] {
  return problems.filter(({ problem: { field } }) => field === pointer || field?.startsWith(`${pointer}/`));
}

export function worst(problems: readonly Numbered[]): "error" | "warning" | false {
  if (problems.some(({ problem }) => problem.severity === "error")) return "error";
  return problems.some(({ problem }) => problem.severity === "warning") && "warning";
}

export function Problems({ problems }: { problems: readonly Numbered[] }) {
  const { documents } = useSession();
  return problems.map(({ problem, number, version }) => (
    <Problem key={number} severity={problem.severity === "error" ? "error" : "warning"}>
      <span className={styles.wrong}>
        <span>{problem.message}</span>
        {problem.fix ? (
          <Button
            kind="link"
            className={styles.fix}
            title={problem.fix}
            onClick={() => void documents.fix(version, number)}
          >
            Fix
          </Button>
        ) : null}
      </span>
    </Problem>
  ));
}
