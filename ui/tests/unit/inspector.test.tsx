// The form of a state: each control commits the gesture that it stands for, and keeps what is typed.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { CallFailure } from "../../src/transport/transport";
import { news } from "../fixtures/analysis";
import { formOf } from "../fixtures/form";
import { addField, opened, pick, set, withPage } from "../fixtures/inspector";

withPage();

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
    core.emit({ event: "documentAnalysed", ...news({ ...analysis, version: analysis.version + 1 }) });
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
    expect(session.layout.state.get().mode).toBe("split");
    await pick("Type", "Wait");
    await waitFor(() => expect(edits()).toEqual([set("Wait for courier", "/Type", '"Wait"')]));
  });

  it("keeps what was typed where the core refuses it", async () => {
    const { session } = await opened("Charge card", {
      "document.state": ({ state }) => ({ form: formOf(state, 1) }),
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
