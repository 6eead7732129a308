// How much is wrong, in the document in front and in the project.
import { useSyncExternalStore } from "react";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { Severity } from "../transport/contract";

export function useProblemCount(): { errors: number; warnings: number } {
  const { project } = useSession();
  const document = useDocument();
  const state = useSignal(project.state);
  const analysis = useSyncExternalStore(
    document?.analysis.subscribe ?? nothing,
    document?.analysis.get ?? (() => null),
  );
  const found = [...(analysis?.diagnostics ?? []), ...(state.kind === "open" ? state.project.problems : [])];
  const count = (severity: Severity) => found.filter((problem) => problem.severity === severity).length;
  return { errors: count("error"), warnings: count("warning") };
}

const nothing = () => () => {};
