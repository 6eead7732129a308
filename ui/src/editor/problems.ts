// The core's diagnostics as underlines, gutter marks and tooltips with a button that fixes.
import { type Diagnostic, diagnosticCount, lintGutter, setDiagnostics } from "@codemirror/lint";
import type { EditorState, Extension, StateEffect } from "@codemirror/state";
import type { OpenDocument } from "../session/document";
import type { Documents } from "../session/documents";
import type { DiagnosticView } from "../transport/contract";

export const problemGutter: Extension = lintGutter({ hoverTime: 150 });

/** What shows what the analysis found; while the core is behind, the old marks move with the text. */
export function problemEffects(
  state: EditorState,
  document: OpenDocument,
  documents: Documents,
): readonly StateEffect<unknown>[] {
  const found = document.shownDiagnostics();
  if (!found || (found.length === 0 && diagnosticCount(state) === 0)) return [];
  const { version } = document.analysis.get();
  const shown = found.map((problem, number) =>
    toDiagnostic(problem, state.doc.length, () => documents.fix(version, number)),
  );
  return [setDiagnostics(state, shown).effects ?? []].flat();
}

function toDiagnostic(problem: DiagnosticView, length: number, fix: () => void): Diagnostic {
  const from = Math.min(problem.from, length);
  // A mark of no width could not be seen.
  const to = Math.min(length, Math.max(problem.to, from + 1));
  return {
    from,
    to,
    severity: problem.severity,
    message: problem.message,
    source: problem.code,
    renderMessage: () => message(problem),
    actions: problem.fix ? [{ name: problem.fix, apply: fix }] : [],
  };
}

function message(problem: DiagnosticView): HTMLElement {
  const element = document.createElement("span");
  element.textContent = `${problem.message} `;
  const code = document.createElement("code");
  code.textContent = problem.code;
  element.append(code);
  return element;
}
