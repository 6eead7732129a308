// What the stores say, the editor shows: problems, breakpoints, the selected state, where the debugger stands.
import type { StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { foremost, inWords } from "../session/breakpoints";
import type { OpenDocument } from "../session/document";
import type { Session } from "../session/session";
import { same } from "../session/signal";
import type { Breakpoint, StateView } from "../transport/contract";
import { type BreakpointLine, setBreakpointLines } from "./breakpoints";
import { type Marks, marks, setMarks } from "./marks";
import { problemEffects } from "./problems";
import { revealRange } from "./selection";

export function follow(view: EditorView, document: OpenDocument, session: Session): () => void {
  const { selection, breakpoints, run, documents } = session;
  let revealed = selection.current.get()?.reveal ?? 0;

  const range = (key: string | null | undefined) => {
    const state = key === null || key === undefined ? undefined : document.state(key);
    return state ? shownRange(document, state) : null;
  };
  const markEffects = (): StateEffect<unknown>[] => {
    const head = run.head.get();
    const paused = head?.document === document.path ? range(run.paused.get()?.state) : null;
    const shown: Marks = { selected: range(selection.state), paused: paused?.from ?? null };
    return same(shown, view.state.field(marks)) ? [] : [setMarks.of(shown)];
  };
  const breakpointEffects = (): StateEffect<unknown>[] => {
    const lines = document.analysis
      .get()
      .states.map((state) => breakpointLine(document, state, breakpoints.byState.get(state.key) ?? []))
      .filter((line) => line !== null);
    return [setBreakpointLines.of(lines)];
  };
  const show = (effects: readonly StateEffect<unknown>[]) => {
    if (effects.length > 0) view.dispatch({ effects });
  };
  const reveal = () => {
    const current = selection.current.get();
    const place = range(current?.state);
    if (!current || !place || current.reveal === revealed) return;
    revealed = current.reveal;
    if (!view.hasFocus) revealRange(view, place.from, place.from, false);
  };
  const analysed = () => {
    // The analysis of an older text would put everything in wrong places: what is shown moves with the text.
    if (document.shown(document.analysis.get().version, 0) === null) return;
    // In one piece: each piece costs the editor a round of measuring.
    show([...problemEffects(view.state, document, documents), ...breakpointEffects(), ...markEffects()]);
    reveal();
  };
  const selected = () => {
    show(markEffects());
    reveal();
  };
  const goTo = () => {
    const place = selection.place.get();
    if (!place) return;
    selection.place.set(null);
    revealRange(view, place.from, place.to, true);
    view.focus();
  };

  analysed();
  if (selection.state !== null) {
    const place = range(selection.state);
    if (place) revealRange(view, place.from, place.from, false);
  }
  goTo();
  const stops = [
    document.analysis.subscribe(analysed),
    selection.current.subscribe(selected),
    selection.place.subscribe(goTo),
    breakpoints.all.subscribe(() => show(breakpointEffects())),
    run.paused.subscribe(() => show(markEffects())),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function shownRange(document: OpenDocument, state: StateView): { from: number; to: number } | null {
  const { version } = document.analysis.get();
  const from = document.shown(version, state.from, 1);
  const to = document.shown(version, state.to, -1);
  return from === null || to === null ? null : { from, to };
}

function breakpointLine(
  document: OpenDocument,
  state: StateView,
  points: readonly Breakpoint[],
): BreakpointLine | null {
  const range = shownRange(document, state);
  if (!range) return null;
  const first = foremost(points);
  const point = first === undefined ? "none" : first.enabled ? "on" : "off";
  const shown = { moments: inWords(points), on: first?.on ?? "enter" };
  return { state: state.key, name: state.name, at: range.from, point, ...shown };
}
