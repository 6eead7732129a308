// The form of a state: each control commits the gesture that it stands for, and keeps what is typed.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ErrorsTab, StateTab } from "../../src/inspector/StateTab";
import { SessionContext } from "../../src/session/hooks";
import { Session } from "../../src/session/session";
import type { Handlers } from "../../src/transport/memory";
import { CallFailure } from "../../src/transport/transport";
import { DOCUMENT, exampleCore } from "../fixtures/core";
import { formOf } from "../fixtures/form";

beforeAll(() => {
  // What Radix and CodeMirror ask of a browser and jsdom does not have.
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.hasPointerCapture = () => false;
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
});
afterEach(cleanup);

async function opened(state: string | null, handlers: Handlers = {}, tab = <StateTab />) {
  const core = exampleCore({ "run.list": () => ({ runs: [] }), ...handlers });
  const session = new Session(core);
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  if (state !== null) session.selection.select(state);
  render(
    <SessionContext.Provider value={session}>
      <Tooltip.Provider>{tab}</Tooltip.Provider>
    </SessionContext.Provider>,
  );
  if (state !== null) await screen.findByRole("textbox", { name: "Name of the state" });
  const edits = () =>
    core.calls
      .filter((call) => call.method === "document.edit")
      .map((call) => (call.params as { edit: unknown }).edit);
  return { core, session, edits };
}

function set(state: string, pointer: string, value: string | null) {
  return { kind: "setField", state, pointer, value };
}

async function pick(control: string, option: string) {
  fireEvent.keyDown(screen.getByRole("combobox", { name: control }), { key: "Enter" });
  fireEvent.keyDown(await screen.findByRole("option", { name: option }), { key: "Enter" });
}

async function addField(name: string) {
  fireEvent.keyDown(screen.getByRole("button", { name: "Add field" }), { key: "Enter" });
  fireEvent.click(await screen.findByRole("menuitem", { name: new RegExp(`^${name}`) }));
}

describe("fields of one line", () => {
  it.each([
    ["Resource", "arn:x", "/Resource", '"arn:x"'],
    ["Comment", 'say "hi"', "/Comment", '"say \\"hi\\""'],
    ["TimeoutSeconds", "45", "/TimeoutSeconds", "45"],
    ["TimeoutSeconds", "12345678901234567890", "/TimeoutSeconds", "12345678901234567890"],
    ["TimeoutSeconds", "{% $limit %}", "/TimeoutSeconds", '"{% $limit %}"'],
    ["TimeoutSeconds", "", "/TimeoutSeconds", null],
    ["ResultPath", "$.paid", "/ResultPath", '"$.paid"'],
    ["ResultPath", "null", "/ResultPath", "null"],
    ["ResultPath", "", "/ResultPath", null],
  ])("%s typed as %j sets %s to %s", async (label, typed, pointer, value) => {
    const { edits } = await opened("Charge card");
    const input = screen.getByLabelText(label);
    fireEvent.change(input, { target: { value: typed } });
    fireEvent.keyDown(input, { key: "Enter" });
    fireEvent.blur(input);
    await waitFor(() => expect(edits()).toEqual([set("Charge card", pointer, value)]));
  });

  it("are left alone by Escape, and by leaving them as they are", async () => {
    const { edits } = await opened("Charge card");
    const input = screen.getByLabelText<HTMLInputElement>("ResultPath");
    fireEvent.change(input, { target: { value: "$.other" } });
    fireEvent.keyDown(input, { key: "Escape" });
    expect(input.value).toBe("$.payment");
    fireEvent.blur(input);
    expect(edits()).toEqual([]);
  });

  it("refuse what is no number, and keep it to be mended", async () => {
    const { edits } = await opened("Charge card");
    const input = screen.getByLabelText<HTMLInputElement>("TimeoutSeconds");
    fireEvent.change(input, { target: { value: "soon" } });
    fireEvent.blur(input);
    expect((await screen.findByRole("alert")).textContent).toContain("A number is expected");
    expect(input.value).toBe("soon");
    expect(edits()).toEqual([]);
  });

  it("keep what is typed when the document changes elsewhere", async () => {
    const { core, session } = await opened("Charge card");
    const input = screen.getByLabelText<HTMLInputElement>("ResultPath");
    fireEvent.change(input, { target: { value: "$.half" } });
    const asked = () => core.calls.filter((call) => call.method === "document.state").length;
    const before = asked();
    const analysis = session.documents.front?.analysis.get();
    if (!analysis) throw new Error("no document");
    core.emit({ event: "documentAnalysed", ...analysis, diagram: null, version: analysis.version + 1 });
    await waitFor(() => expect(asked()).toBe(before + 1));
    expect(input.value).toBe("$.half");
  });

  it("commit what is typed when another state is selected", async () => {
    const { edits, session } = await opened("Charge card");
    fireEvent.change(screen.getByLabelText("ResultPath"), { target: { value: "$.left" } });
    session.selection.select("In stock?");
    await waitFor(() => expect(edits()).toEqual([set("Charge card", "/ResultPath", '"$.left"')]));
  });
});

describe("choices", () => {
  it("set the state to go to", async () => {
    const { edits } = await opened("Charge card");
    await pick("Then", "Refund");
    await waitFor(() => expect(edits()).toEqual([set("Charge card", "/Next", '"Refund"')]));
  });

  it("set one of the words", async () => {
    const { edits } = await opened("Charge card");
    await pick("QueryLanguage", "JSONata");
    await waitFor(() => expect(edits()).toEqual([set("Charge card", "/QueryLanguage", '"JSONata"')]));
  });

  it("set where a rule leads", async () => {
    const { edits } = await opened("In stock?");
    await pick("Rule 2 goes to", "Refund");
    await waitFor(() => expect(edits()).toEqual([set("In stock?", "/Choices/1/Next", '"Refund"')]));
  });
});

const changed = (pointer: string, change: object) => {
  return { kind: "changeRule", state: "In stock?", pointer, change };
};

describe("rules", () => {
  it("are changed in place by another operator, and keep a value of the same kind", async () => {
    const { edits } = await opened("In stock?");
    await pick("Rule 2: operator", "is at least");
    const change = {
      kind: "test",
      variable: "$.qtty",
      operator: "NumericGreaterThanEquals",
      operand: "12345678901234567890",
    };
    await waitFor(() => expect(edits()).toEqual([changed("/Choices/1", change)]));
  });

  it("begin anew where the value is of another kind or goes without saying", async () => {
    const { edits } = await opened("In stock?");
    await pick("Rule 2: operator", "is not present");
    const change = { kind: "test", variable: "$.qtty", operator: "IsPresent", operand: "false" };
    await waitFor(() => expect(edits()).toEqual([changed("/Choices/1", change)]));
  });

  it("stay with a path where the other operator takes one, and leave it", async () => {
    const { edits } = await opened("In stock?");
    const name = "Rule 1, condition 1";
    await pick(`${name}: operator`, "is");
    fireEvent.click(screen.getByRole("button", { name: `${name}: compare with what is at a path` }));
    const change = (operator: string, operand: string) =>
      changed("/Choices/0/And/0", { kind: "test", variable: "$.stock", operator, operand });
    await waitFor(() =>
      expect(edits()).toEqual([
        change("StringEqualsPath", '"$.qty"'),
        change("NumericGreaterThanEquals", "0"),
      ]),
    );
  });

  it.each([
    ["Rule 2: variable", "$.qty", "/Choices/1", { variable: "$.qty", operand: "12345678901234567890" }],
    ["Rule 2: value", "1.50", "/Choices/1", { variable: "$.qtty", operand: "1.50" }],
  ])("take what is typed: %s %s", async (label, typed, pointer, change) => {
    const { edits } = await opened("In stock?");
    const input = screen.getByLabelText(label);
    fireEvent.change(input, { target: { value: typed } });
    fireEvent.blur(input);
    const whole = { kind: "test", operator: "NumericEquals", ...change };
    await waitFor(() => expect(edits()).toEqual([changed(pointer, whole)]));
  });

  it("refuse a value that is no number", async () => {
    const { edits } = await opened("In stock?");
    const input = screen.getByLabelText("Rule 2: value");
    fireEvent.change(input, { target: { value: "many" } });
    fireEvent.blur(input);
    expect((await screen.findByRole("alert")).textContent).toContain("A number is expected");
    expect(edits()).toEqual([]);
  });

  it("are joined, turned round and taken apart", async () => {
    const { edits } = await opened("In stock?");
    const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
    press("Rule 1: joined by and, change to or");
    press("Rule 2: turn into its opposite");
    press("Remove Rule 1, condition 2");
    const card = within(screen.getByRole("region", { name: "Rule 2" }));
    fireEvent.click(card.getByRole("button", { name: "Condition" }));
    fireEvent.click(card.getByRole("button", { name: "Group" }));
    await waitFor(() =>
      expect(edits()).toEqual([
        changed("/Choices/0", { kind: "joinBy", all: false }),
        changed("/Choices/1", { kind: "negate" }),
        changed("/Choices/0/And/1", { kind: "remove" }),
        changed("/Choices/1", { kind: "addCondition", group: false }),
        changed("/Choices/1", { kind: "addCondition", group: true }),
      ]),
    );
  });

  it("are added, removed, and moved from the keyboard", async () => {
    const { edits } = await opened("In stock?");
    fireEvent.click(screen.getByRole("button", { name: "Add rule" }));
    fireEvent.click(screen.getByRole("button", { name: "Remove Rule 1" }));
    const handle = screen.getByRole("button", { name: "Move Rule 1: arrow up or down" });
    fireEvent.keyDown(handle, { key: "ArrowUp" });
    fireEvent.keyDown(handle, { key: "ArrowDown" });
    const list = { state: "In stock?", field: "Choices" };
    await waitFor(() =>
      expect(edits()).toEqual([
        { kind: "addEntry", ...list },
        { kind: "removeEntry", ...list, index: 0 },
        { kind: "moveEntry", ...list, from: 0, to: 1 },
      ]),
    );
  });

  it("can be edited as they stand in the text", async () => {
    const { edits } = await opened("In stock?");
    fireEvent.click(screen.getByRole("button", { name: "Edit Rule 2 as JSON" }));
    fireEvent.click(await screen.findByRole("button", { name: "Apply" }));
    const rule = '{\n  "Variable": "$.qtty",\n  "NumericEquals": 12345678901234567890,\n  "Next": "Done"\n}';
    await waitFor(() => expect(edits()).toEqual([set("In stock?", "/Choices/1", rule)]));
  });

  it("say what is wrong with them, and fix it", async () => {
    const { core } = await opened("In stock?");
    const card = within(screen.getByRole("region", { name: "Rule 2" }));
    fireEvent.click(card.getByRole("button", { name: "Fix" }));
    await waitFor(() =>
      expect(core.calls.find((call) => call.method === "document.fix")?.params).toMatchObject({
        version: 1,
        diagnostic: 0,
      }),
    );
  });
});

describe("errors", () => {
  const errors = (state: string) => opened(state, {}, <ErrorsTab />);

  it("are added to a retrier, and taken away", async () => {
    const { edits } = await errors("Charge card");
    const input = screen.getByLabelText("Add an error to Retrier 1");
    fireEvent.change(input, { target: { value: "States.Timeout" } });
    fireEvent.keyDown(input, { key: "Enter" });
    fireEvent.click(screen.getByRole("button", { name: "Remove Payment.Timeout from Retrier 1" }));
    await waitFor(() =>
      expect(edits()).toEqual([
        set("Charge card", "/Retry/0/ErrorEquals/-", '"States.Timeout"'),
        set("Charge card", "/Retry/0/ErrorEquals/0", null),
      ]),
    );
  });

  it("are tried again as often as is said", async () => {
    const { edits } = await errors("Charge card");
    const input = screen.getByLabelText("Attempts");
    fireEvent.change(input, { target: { value: "5" } });
    fireEvent.blur(input);
    await waitFor(() => expect(edits()).toEqual([set("Charge card", "/Retry/0/MaxAttempts", "5")]));
  });

  it("get retriers and catchers", async () => {
    const { edits } = await errors("Charge card");
    fireEvent.click(screen.getByRole("button", { name: "Add catcher" }));
    fireEvent.click(screen.getByRole("button", { name: "Remove Retrier 1" }));
    await waitFor(() =>
      expect(edits()).toEqual([
        { kind: "addEntry", state: "Charge card", field: "Catch" },
        { kind: "removeEntry", state: "Charge card", field: "Retry", index: 0 },
      ]),
    );
  });

  it("are none of a state that calls nothing", async () => {
    await errors("In stock?");
    expect(screen.getByText(/nothing to retry or catch/)).not.toBeNull();
  });
});

describe("the state", () => {
  it("gets the fields that it lacks from a menu", async () => {
    const { edits } = await opened("Charge card");
    expect(screen.queryByLabelText("HeartbeatSeconds")).toBeNull();
    await addField("HeartbeatSeconds");
    const input = await screen.findByLabelText("HeartbeatSeconds");
    fireEvent.change(input, { target: { value: "5" } });
    fireEvent.blur(input);
    await waitFor(() => expect(edits()).toEqual([set("Charge card", "/HeartbeatSeconds", "5")]));
  });

  it("turns a switch on as it is added", async () => {
    const { edits } = await opened("Charge card");
    await addField("Flag");
    await waitFor(() => expect(edits()).toEqual([set("Charge card", "/Flag", "true")]));
  });

  it("exchanges a field for one that excludes it", async () => {
    const { edits } = await opened("Charge card");
    await pick("Then: how", "end here");
    const exchange = { kind: "exchangeField", state: "Charge card", from: "Next", to: "End", value: "true" };
    await waitFor(() => expect(edits()).toEqual([exchange]));
  });

  it("is renamed and deleted", async () => {
    const { edits } = await opened("Charge card");
    const name = screen.getByRole("textbox", { name: "Name of the state" });
    fireEvent.change(name, { target: { value: "Charge it" } });
    fireEvent.keyDown(name, { key: "Enter" });
    fireEvent.keyDown(screen.getByRole("button", { name: "What can be done with Charge card" }), {
      key: "Enter",
    });
    fireEvent.click(await screen.findByRole("menuitem", { name: /^Delete/ }));
    await waitFor(() =>
      expect(edits()).toEqual([
        { kind: "renameState", state: "Charge card", to: "Charge it" },
        { kind: "deleteState", state: "Charge card" },
      ]),
    );
  });

  it("that can't be read leads to the code", async () => {
    const { session, edits } = await opened("Wait for courier");
    const place = within(screen.getByRole("region", { name: "Unreadable" }));
    fireEvent.click(place.getByRole("button", { name: "Show in code" }));
    expect(session.selection.place.get()).not.toBeNull();
    expect(session.layout.state.get().floor).toBe("code");
    await pick("Type", "Wait");
    await waitFor(() => expect(edits()).toEqual([set("Wait for courier", "/Type", '"Wait"')]));
  });

  it("keeps what was typed where the core refuses it", async () => {
    const { session } = await opened("Charge card", {
      "document.state": ({ state }) => formOf(state, 1),
      "document.edit": () => {
        throw new CallFailure({ code: "edit.badValue", message: "No." });
      },
    });
    const input = screen.getByLabelText<HTMLInputElement>("ResultPath");
    fireEvent.change(input, { target: { value: "$[" } });
    fireEvent.blur(input);
    await waitFor(() => expect(session.notices.list.get().length).toBe(1));
    expect(input.value).toBe("$[");
  });
});

it("shows the workflow where no state is selected, and runs it with an event", async () => {
  const { session } = await opened(null);
  expect(screen.getByRole("heading", { name: "OrderFulfilment" })).not.toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "back-order" }));
  expect(session.dialog.get()).toBe("run");
  expect(session.input.get()).toEqual({ path: "events/back-order.json", text: null });
});
