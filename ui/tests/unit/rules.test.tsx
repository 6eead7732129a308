// Rules as sentences, retriers and catchers on cards: which gesture each control is.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ErrorsTab } from "../../src/inspector/StateTab";
import { opened, pick, set, withPage } from "../fixtures/inspector";

withPage();

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
    fireEvent.click(await screen.findByText("Apply"));
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
