// Which key does what, and where it does nothing.
import { describe, expect, it } from "vitest";
import { canvasAction } from "../../src/canvas/keys";
import { neighbour } from "../../src/canvas/view/neighbours";
import { commandFor } from "../../src/shell/keymap";
import { DIAGRAM } from "../fixtures/analysis";

function press(keys: string) {
  const parts = keys === "+" ? ["+"] : keys.split("+");
  const has = (name: string) => parts.includes(name);
  return {
    key: parts.at(-1) ?? "",
    ctrlKey: has("Ctrl"),
    metaKey: has("Meta"),
    shiftKey: has("Shift"),
    altKey: has("Alt"),
  };
}

describe("the window's keys", () => {
  it.each([
    ["F5", "debugOrContinue"],
    ["Shift+F5", "stop"],
    ["F6", "pause"],
    ["F9", "breakpoint"],
    ["F10", "over"],
    ["Shift+F10", "back"],
    ["F11", "into"],
    ["Shift+F11", "out"],
    ["Ctrl+z", "undo"],
    ["Meta+z", "undo"],
    ["Ctrl+Shift+Z", "redo"],
    ["Meta+Shift+Z", "redo"],
    ["Ctrl+s", "save"],
    ["Ctrl+Enter", "run"],
    ["Ctrl+Shift+F5", "restart"],
    ["Ctrl+k", "palette"],
    ["Ctrl+Shift+P", "palette"],
    ["Ctrl+f", "find"],
    ["Shift+?", "shortcuts"],
    ["?", "shortcuts"],
    ["Alt+F5", null],
    ["z", null],
    ["Enter", null],
  ])("%s: %s", (keys, command) => {
    expect(commandFor(press(keys), false)).toBe(command);
  });

  it.each([
    ["Ctrl+z", null],
    ["?", null],
    ["F9", null],
    ["F5", "debugOrContinue"],
    ["Ctrl+s", "save"],
  ])("in a field, %s: %s", (keys, command) => {
    expect(commandFor(press(keys), true)).toBe(command);
  });
});

describe("the canvas's keys", () => {
  it.each([
    ["F2", { kind: "rename" }],
    ["Delete", { kind: "delete" }],
    ["Ctrl+d", { kind: "duplicate" }],
    ["Meta+c", { kind: "copy" }],
    ["Ctrl+x", { kind: "cut" }],
    ["Ctrl+Shift+c", null],
    ["Ctrl+v", null],
    ["+", { kind: "zoom", by: "in" }],
    ["-", { kind: "zoom", by: "out" }],
    ["0", { kind: "zoom", by: "reset" }],
    ["1", { kind: "zoom", by: "fit" }],
    ["ArrowDown", { kind: "move", arrow: "ArrowDown" }],
    ["Ctrl+0", null],
    ["Ctrl+ArrowDown", null],
  ])("%s", (keys, action) => {
    expect(canvasAction(press(keys))).toEqual(action);
  });
});

describe("arrows", () => {
  it.each([
    [null, "ArrowDown", "Price order"],
    ["Price order", "ArrowDown", "In stock?"],
    ["In stock?", "ArrowDown", "Fulfil"],
    ["In stock?", "ArrowUp", "Price order"],
    ["Charge card", "ArrowDown", "Record payment"],
    ["Charge card", "ArrowUp", "Fulfil"],
    ["Charge card", "ArrowRight", "Reserve each line"],
    ["Reserve each line", "ArrowLeft", "Charge card"],
    ["Fulfil", "ArrowRight", "Refund"],
    ["Done", "ArrowDown", null],
  ] as const)("%s %s: %s", (from, arrow, to) => {
    expect(neighbour(DIAGRAM, from, arrow)).toBe(to);
  });
});
