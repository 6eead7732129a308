// How the window is divided: what follows from the mode, the run, and what the user has folded.
import { describe, expect, it, vi } from "vitest";
import { isFloorFolded } from "../../src/session/layout";
import { Session } from "../../src/session/session";
import type { Handlers } from "../../src/transport/memory";
import { DOCUMENT, exampleCore } from "../fixtures/core";

async function started(handlers: Handlers = {}) {
  const session = new Session(exampleCore({ "run.list": () => ({ runs: [] }), ...handlers }));
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  return { session };
}

const HOW = { debug: true, stopOnEntry: false, virtualTime: false };

describe("the layout", () => {
  it("keeps a layout that was stored by an earlier version, as far as it goes", async () => {
    const value = '{"leftSize": 300, "mode": 7, "gone": true}';
    const { session } = await started({ "settings.get": ({ key }) => ({ key, value }) });
    expect(session.layout.state.get()).toMatchObject({ leftSize: 300, mode: "design", rightSize: 332 });
  });

  it.each([
    ["folds the right room where two would be cut", 1440, { rightFolded: true, rightGaveWay: true }],
    ["leaves it where there is room", 1920, { rightFolded: false, rightGaveWay: false }],
  ])("of Split %s", async (_, width, expected) => {
    vi.stubGlobal("innerWidth", width);
    const { session } = await started();
    const { layout } = session;
    layout.setMode("split");
    expect(layout.state.get()).toMatchObject({ mode: "split", ...expected });
    layout.setMode("design");
    expect(layout.state.get()).toMatchObject({ mode: "design", rightFolded: false, rightGaveWay: false });
    vi.unstubAllGlobals();
  });

  it("keeps the right room as the user left it in Split", async () => {
    const { session } = await started();
    const { layout } = session;
    layout.setMode("split");
    layout.foldRight(false);
    layout.foldRight(true);
    layout.setMode("design");
    expect(layout.state.get().rightFolded).toBe(true);
  });

  it("brings the code into sight beside the drawing, and leaves Code alone", async () => {
    const { session } = await started();
    session.layout.showCode();
    expect(session.layout.state.get().mode).toBe("split");
    session.layout.setMode("code");
    session.layout.showCode();
    expect(session.layout.state.get().mode).toBe("code");
  });

  it("has one habit for the floor with a run and another without", async () => {
    const { session } = await started();
    const { layout, run } = session;
    const folded = () => isFloorFolded(layout.state.get(), run.head.get() !== null);
    expect(folded()).toBe(true);
    await session.startRun("{}", HOW);
    expect(folded()).toBe(false);
    layout.foldFloor(true);
    run.show(null);
    layout.showFloor("problems");
    expect(folded()).toBe(false);
    await session.startRun("{}", HOW);
    expect(folded()).toBe(true);
  });
});
