// What the debugger's rooms make of the core's answers: trees of values, notes of stages, forks under their parents.
import { describe, expect, it } from "vitest";
import { lookOf, noteOf, opensAtFirst } from "../../src/debugger/Stages";
import { dedented } from "../../src/debugger/useDefinition";
import { hasMembers, members } from "../../src/design/jsonMembers";
import { oneLine } from "../../src/design/oneLine";
import { Breakpoints, inWords } from "../../src/session/breakpoints";
import { runTree } from "../../src/session/runTree";
import { Watches } from "../../src/session/watches";
import { found, type PaletteItem } from "../../src/shell/dialogs/paletteItems";
import type { RunSummary, StageView } from "../../src/transport/contract";
import { exampleCore } from "../fixtures/core";

describe("members of JSON text", () => {
  it.each([
    [
      "an object",
      '{"a": 1, "b": "x"}',
      [
        ["a", "1"],
        ["b", '"x"'],
      ],
    ],
    [
      "keys in their order, numbers as they are",
      '{"10": 1.0, "9": 1e3}',
      [
        ["10", "1.0"],
        ["9", "1e3"],
      ],
    ],
    [
      "a list",
      "[true, null, -2]",
      [
        ["0", "true"],
        ["1", "null"],
        ["2", "-2"],
      ],
    ],
    [
      "brackets and quotes in texts",
      '{"a": "}],\\"", "b": []}',
      [
        ["a", '"}],\\""'],
        ["b", "[]"],
      ],
    ],
    ["an escaped key", '{"\\u0061\\"": 1}', [['a"', "1"]]],
    ["no text", "", []],
    ["a number", "12", []],
    ["an empty object", "{ }", []],
    ["a text that was cut", '{"a": [1, 2', [["a", "[1, 2"]]],
  ])("%s", (_, json, expected) => {
    expect(members(json).map(({ name, text }) => [name, text])).toEqual(expected);
    expect(hasMembers(json)).toBe(expected.length > 0);
  });

  it("lose the indentation of their place", () => {
    expect(members('{\n  "a": {\n    "b": 1\n  }\n}')[0]?.text).toBe('{\n  "b": 1\n}');
  });

  it("are no more than asked for", () => {
    expect(members(`[${"1,".repeat(999)}1]`, 10)).toHaveLength(10);
  });
});

it.each([
  ['{\n  "a": [\n    1\n  ]\n}', '{ "a": [ 1 ] }'],
  ['"a\\n  b"', '"a\\n  b"'],
  [`"${"x".repeat(10_000)}"`, `"${"x".repeat(399)}…`],
])("in one line: %#", (json, line) => expect(oneLine(json)).toBe(line));

function stage(more: Partial<StageView>): StageView {
  const base = { stage: "result", title: "Task result", note: "", progress: "ahead", editable: false };
  return { ...base, value: null, edited: false, ...more };
}

const VALUE = { text: "1", bytes: 312, handle: null };

describe("a stage", () => {
  it.each([
    ["what happened", { progress: "passed", value: VALUE }, "passed", "312 B", false],
    ["the output", { stage: "output", progress: "passed", value: VALUE }, "passed", "312 B", true],
    [
      "a path and what came of it",
      { progress: "passed", value: VALUE, note: "$.a" },
      "passed",
      "$.a · 312 B",
      false,
    ],
    ["where we stand", { progress: "here", value: VALUE }, "here", "312 B", true],
    ["what was edited", { progress: "here", value: VALUE, edited: true }, "here", "edited", true],
    ["what is to come", {}, "ahead", "Lambda · charge-card", false],
    ["a path to come", { note: "$.payment" }, "ahead", "$.payment", false],
    ["what data went through", { progress: "unused", value: VALUE }, "through", "unchanged", false],
    ["what data will go through", { progress: "unused" }, "skipped", "Lambda · charge-card", false],
  ] as const)("%s", (_, more, look, note, open) => {
    const view = stage(more);
    expect([lookOf(view), noteOf(view, "Lambda · charge-card"), opensAtFirst(view)]).toEqual([
      look,
      note,
      open,
    ]);
  });
});

it("a definition loses the indentation of its file", () => {
  expect(dedented('{\n          "a.$": "$.a"\n        }')).toBe('{\n  "a.$": "$.a"\n}');
  expect(dedented('"$.a"')).toBe('"$.a"');
});

function run(execution: string, parent: string | null = null): RunSummary {
  return { execution, workflow: "w", status: "succeeded", created: 0, started: 0, ended: 1, parent };
}

it.each([
  ["newest first", [run("b"), run("a")], ["0 b", "0 a"]],
  [
    "forks under their run, the oldest first",
    [run("f2", "a"), run("f1", "a"), run("a")],
    ["0 a", "1 f1", "1 f2"],
  ],
  ["forks of forks", [run("g", "f"), run("b"), run("f", "a"), run("a")], ["0 b", "0 a", "1 f", "2 g"]],
  ["a fork whose run is gone", [run("f", "gone")], ["0 f"]],
])("runs: %s", (_, runs, expected) => {
  expect(runTree(runs).map(({ run, depth }) => `${depth} ${run.execution}`)).toEqual(expected);
});

it("the palette lists first what begins with what was typed", () => {
  const item = (title: string, note = ""): PaletteItem => ({ title, note, act: () => {} });
  const items = [item("Wait for courier"), item("Order failed", "ends here"), item("Courier")];
  expect(found(items, "cour").map(({ title }) => title)).toEqual(["Courier", "Wait for courier"]);
  expect(found(items, "ends order").map(({ title }) => title)).toEqual(["Order failed"]);
  expect(found(items, "")).toEqual(items);
});

it("watches are kept, each once, and empty ones are dropped", async () => {
  const kept: string[] = [];
  const core = exampleCore({
    "settings.get": ({ key }) => ({ key, value: '["$.a", 7]' }),
    "settings.set": ({ value }) => {
      kept.push(value ?? "");
      return {};
    },
  });
  const watches = new Watches(core);
  await watches.load();
  expect(watches.list.get()).toEqual(["$.a"]);
  watches.add(" $.b ");
  watches.add("$.a");
  watches.add("  ");
  watches.replace(0, "$.c");
  expect(watches.list.get()).toEqual(["$.c", "$.b"]);
  watches.replace(0, "");
  expect(kept.at(-1)).toBe('["$.b"]');
});

it("a breakpoint that is moved onto another one takes its place", async () => {
  const breakpoints = new Breakpoints(exampleCore(), () => {});
  await breakpoints.show("OrderFulfilment");
  await breakpoints.set([
    { state: "A", on: "enter", enabled: true },
    { state: "A", on: "exit", enabled: true },
  ]);
  const [first] = breakpoints.all.get();
  if (first) await breakpoints.change(first, { ...first, on: "exit", enabled: false });
  expect(breakpoints.all.get()).toEqual([{ state: "A", on: "exit", enabled: false }]);
  const [left] = breakpoints.all.get();
  if (left) await breakpoints.change(left, null);
  expect(breakpoints.all.get()).toEqual([]);
});

it("sets breakpoints by moment, and clears a state of all of them at once", async () => {
  const breakpoints = new Breakpoints(exampleCore(), () => {});
  await breakpoints.show("OrderFulfilment");
  await breakpoints.set([{ state: null, on: "uncaught", enabled: false }]);
  await breakpoints.toggleAt("A", "error");
  await breakpoints.toggleAt("A", "exit");
  expect(inWords(breakpoints.byState.get("A") ?? [])).toBe("before leaving, when it fails");
  await breakpoints.toggle("A");
  expect(breakpoints.byState.get("A")).toBeUndefined();
  await breakpoints.toggle("A");
  expect(inWords(breakpoints.byState.get("A") ?? [])).toBe("before entering");
  // One that is switched off is switched on, not taken away: its box is not ticked.
  await breakpoints.toggleAt(null, "uncaught");
  expect(breakpoints.all.get()).toContainEqual({ state: null, on: "uncaught", enabled: true });
});
