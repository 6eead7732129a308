// The breakpoints beside the code: each on the line where its state begins, also after the text has moved.
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { describe, expect, it } from "vitest";
import { type BreakpointLine, breakpointGutter, setBreakpointLines } from "../../src/editor/breakpoints";

const TEXT = '{\n"A": {},\n\n"B": {}, "C": {}\n}';

function shown(
  lines: Omit<BreakpointLine, "name" | "moments" | "on">[],
  edit?: { from: number; insert: string },
) {
  const toggled: string[] = [];
  const state = EditorState.create({ doc: TEXT, extensions: breakpointGutter((key) => toggled.push(key)) });
  const view = new EditorView({ state, parent: document.body });
  const enter = { moments: "before entering", on: "enter" as const };
  const full = lines.map((line) => ({ ...line, ...enter, name: line.state }));
  view.dispatch({ effects: setBreakpointLines.of(full) });
  if (edit) view.dispatch({ changes: edit });
  const dots = [...view.dom.querySelectorAll(".sw-breakpoint")].map((dot) => [
    (dot as HTMLElement).title.split(" ").at(-2),
    dot.className.split("-").at(-1),
  ]);
  // Only lines with a dot have an element; the space above it says which line it is.
  let top = 0;
  const at = [...view.dom.querySelectorAll<HTMLElement>(".sw-breakpoints .cm-gutterElement")]
    .filter((row) => row.querySelector(".sw-breakpoint"))
    .map((row) => {
      top += (Number.parseFloat(row.style.marginTop) || 0) / view.defaultLineHeight;
      return 1 + Math.round(top++);
    });
  view.destroy();
  return { dots, at };
}

const A = { state: "A", at: 2, point: "on" as const };
const B = { state: "B", at: TEXT.indexOf('"B"'), point: "none" as const };
const C = { state: "C", at: TEXT.indexOf('"C"'), point: "off" as const };

describe("breakpoints beside the code", () => {
  it.each<[string, Parameters<typeof shown>, string[][], number[]]>([
    [
      "one for each line that has a state",
      [[B, A]],
      [
        ["A", "on"],
        ["B", "none"],
      ],
      [2, 4],
    ],
    ["the first of two on a line", [[C, B]], [["B", "none"]], [4]],
    ["going along with the text", [[A], { from: 1, insert: "\n\n" }], [["A", "on"]], [4]],
  ])("stand as they should: %s", (_, call, dots, at) => {
    expect(shown(...call)).toEqual({ dots, at });
  });
});
