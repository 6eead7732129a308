// How much is wrong, in the document in front and in the project.
import { useSyncExternalStore } from "react";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { DiagnosticView, Severity } from "../transport/contract";

export function useProblemCount(): { errors: number; warnings: number } {
  const { project } = useSession();
  const state = useSignal(project.state);
  const found = [...useDiagnostics(), ...(state.kind === "open" ? state.project.problems : [])];
  return { errors: count(found, "error"), warnings: count(found, "warning") };
}

/** Errors of the definition in front: it can't run with one. */
export function useErrorCount(): number {
  return count(useDiagnostics(), "error");
}

function useDiagnostics(): readonly DiagnosticView[] {
  const document = useDocument();
  const analysis = useSyncExternalStore(
    document?.analysis.subscribe ?? nothing,
    document?.analysis.get ?? (() => null),
  );
  return analysis?.diagnostics ?? [];
}

function count(found: readonly { severity: Severity }[], severity: Severity): number {
  return found.filter((problem) => problem.severity === severity).length;
}

const nothing = () => () => {};
