// Gestures on the canvas and what menus offer: which edits they become, and where they may lead.
import { describe, expect, it, vi } from "vitest";
import { type Source, targetAt } from "../../src/canvas/wires/wire";
import { Session } from "../../src/session/session";
import {
  type Action,
  beside,
  copyState,
  edgeActions,
  pasteState,
  reconnectEdge,
  stateActions,
} from "../../src/session/stateActions";
import { DOCUMENT, exampleCore } from "../fixtures/core";
import { formOf } from "../fixtures/form";

async function opened() {
  const core = exampleCore({ "document.state": ({ state }) => ({ form: formOf(state, 1) }) });
  const session = new Session(core);
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  const document = session.documents.front;
  if (!document) throw new Error("no document");
  const edits = () =>
    core.calls
      .filter((call) => call.method === "document.edit")
      .map((call) => (call.params as { edit: unknown }).edit);
  return { session, document, edits };
}

/** Does what stands at a path of a menu's titles. */
function choose(actions: Action[], ...[title, ...rest]: string[]): void {
  const found = actions.find((action) => action !== "line" && action.title === title);
  if (!found || found === "line") throw new Error(`no ${title}`);
  if ("actions" in found) choose(found.actions, ...rest);
  else found.act();
}

const copied: string[] = [];
const copy = async (text: string) => copied.push(text) > 0;

describe("a state's menu", () => {
  it.each([
    [["Duplicate"], { kind: "duplicateState", state: "Refund" }],
    [["Lead to", "Done"], { kind: "connect", from: "Refund", to: "Done" }],
    [["Make this the start"], { kind: "setStart", state: "Refund" }],
    [["Change into", "Wait"], { kind: "changeType", state: "Refund", to: "Wait" }],
    [["Wrap in", "Map"], { kind: "wrapState", state: "Refund", inType: "Map" }],
    [["Delete"], { kind: "deleteState", state: "Refund" }],
  ])("%j: %j", async (path, edit) => {
    const { session, document, edits } = await opened();
    choose(stateActions(session, document, "Refund", copy), ...path);
    await vi.waitFor(() => expect(edits()).toEqual([edit]));
  });

  it("offers what stands in the same scope only", async () => {
    const { document } = await opened();
    const names = (key: string) => beside(document, key).map((state) => state.name);
    expect(names("Refund")).not.toContain("Charge card");
    expect(names("Charge card")).toContain("Record payment");
    expect(names("Charge card")).not.toContain("Refund");
  });
});

describe("the clipboard", () => {
  it("gets a state as JSON, and gives it back behind another", async () => {
    const { session, edits } = await opened();
    expect(await copyState(session, "Refund", copy)).toBe(true);
    expect(copied.at(-1)).toContain('"Refund"');
    await pasteState(session, "Done");
    const place = { kind: "after", state: "Done" };
    expect(edits()).toEqual([{ kind: "pasteState", place, text: copied.at(-1) }]);
  });
});

describe("a transition", () => {
  it("leads elsewhere, or goes", async () => {
    const { session, document, edits } = await opened();
    const edge = document.diagram.get().edges.find(({ from, kind }) => from === "Refund" && kind === "next");
    if (!edge) throw new Error("no transition");
    choose(edgeActions(session, document, edge), "Lead to", "Done");
    choose(edgeActions(session, document, edge), "Remove transition");
    const { transition } = edge;
    await vi.waitFor(() =>
      expect(edits()).toEqual([
        { kind: "reconnect", from: "Refund", transition, to: "Done" },
        { kind: "reconnect", from: "Refund", transition, to: null },
      ]),
    );
  });

  it("from the start pill says where the workflow starts", async () => {
    const { session, document, edits } = await opened();
    const edge = document.diagram.get().edges.find(({ kind }) => kind === "start");
    if (!edge) throw new Error("no start");
    expect(await reconnectEdge(session, edge, null)).toBe(false);
    await reconnectEdge(session, edge, "Refund");
    expect(edits()).toEqual([{ kind: "setStart", state: "Refund" }]);
  });

  it("lands on a state of its scope: the innermost, or the room around it", async () => {
    const { document } = await opened();
    const middle = (key: string) => {
      const node = document.diagram.get().nodes.find((view) => view.key === key);
      if (!node) throw new Error(`no ${key}`);
      return { x: node.x + node.width / 2, y: node.y + node.height / 2 };
    };
    const pulled = (source: Source, at: string) => targetAt(document, source, middle(at));
    expect(pulled({ from: "Refund" }, "Done")).toBe("Done");
    expect(pulled({ from: "Refund" }, "Charge card")).toBe("Fulfil");
    expect(pulled({ from: "Charge card" }, "Record payment")).toBe("Record payment");
    expect(pulled({ from: "Charge card" }, "Done")).toBe(null);
    expect(pulled({ from: "Refund" }, "Refund")).toBe(null);
    expect(targetAt(document, { from: "Refund" }, { x: -999, y: -999 })).toBe(null);
  });
});

it("does not take the answer to a gesture for news when the text has gone on since", async () => {
  const core = exampleCore({
    "document.edit": () => {
      const status = session.documents.front?.status.get();
      if (!status) throw new Error("no document");
      const nothing = { document: DOCUMENT, changes: [], select: null };
      // Another page has undone it, and this one hears of that before it has its answer.
      core.emit(
        { event: "documentChanged", ...nothing, baseVersion: 1, version: 2, origin: "edit" },
        { event: "documentChanged", ...nothing, baseVersion: 2, version: 3, origin: "undo" },
      );
      return { version: 2, select: "Order later", status: { ...status, dirty: true } };
    },
  });
  const session = new Session(core);
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  expect(await session.documents.rename("Back order", "Order later")).toBeNull();
  expect(session.documents.front?.status.get().dirty).toBe(false);
  expect(session.selection.state).not.toBe("Order later");
});
