// The window's session over a core in memory: what follows from events, gestures and refusals.
import { describe, expect, it, vi } from "vitest";
import { Session } from "../../src/session/session";
import type { RunSummary } from "../../src/transport/contract";
import type { Handlers } from "../../src/transport/memory";
import { CallFailure } from "../../src/transport/transport";
import { news } from "../fixtures/analysis";
import { DOCUMENT, exampleCore, PROJECT } from "../fixtures/core";
import { RUN, SUMMARIES } from "../fixtures/run";

async function started(handlers: Handlers = {}) {
  const core = exampleCore({ "run.list": () => ({ runs: SUMMARIES.slice(1) }), ...handlers });
  const session = new Session(core);
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  return { core, session };
}

const HOW = { debug: true, stopOnEntry: false, virtualTime: false };

describe("the beginning", () => {
  it("opens the first workflow with its breakpoints", async () => {
    const { session } = await started();
    expect(session.project.front?.id).toBe("OrderFulfilment");
    await vi.waitFor(() => expect(session.breakpoints.byState.get("Charge card")?.length).toBe(1));
  });

  it("shows nothing where nothing is open", async () => {
    const session = new Session(exampleCore({ "project.current": () => ({ project: null }) }));
    session.start();
    await vi.waitFor(() => expect(session.project.state.get().kind).toBe("none"));
    expect(session.documents.front).toBeNull();
  });
});

describe("opening another project", () => {
  const OTHER = { ...PROJECT, name: "other", root: "/home/ada/other" };

  it("that can't be opened leaves the one that is open as it stands", async () => {
    const { session } = await started({
      "project.open": () => {
        throw new CallFailure({ code: "project.open", message: "/nowhere does not exist; check the path." });
      },
    });
    await session.startRun("{}", HOW);
    const document = session.documents.front;
    await expect(session.openProject("/nowhere")).rejects.toMatchObject({ code: "project.open" });
    expect(session.documents.front).toBe(document);
    expect(session.project.front?.id).toBe("OrderFulfilment");
    expect(session.run.execution).toBe(RUN.execution);
    expect(session.notices.list.get()).toEqual([]);
  });

  it.each(["the answer", "the event"])("shows its own text, whichever comes first: %s", async (first) => {
    const { core, session } = await started();
    await session.startRun("{}", HOW);
    const before = session.documents.front;
    core.handlers["project.open"] = () => {
      if (first === "the event") core.emit({ event: "project", project: OTHER });
      return OTHER;
    };
    await session.openProject(OTHER.root);
    if (first === "the answer") core.emit({ event: "project", project: OTHER });
    await vi.waitFor(() => expect(session.documents.front).not.toBeNull());
    expect(session.documents.front).not.toBe(before);
    expect(session.run.execution).toBeNull();
    expect(core.calls.filter((call) => call.method === "document.open").length).toBe(2);
  });

  it("in another window of the same core is followed here", async () => {
    const { core, session } = await started();
    const before = session.documents.front;
    core.emit({ event: "project", project: OTHER });
    await vi.waitFor(() => expect(session.documents.front).not.toBeNull());
    expect(session.documents.front).not.toBe(before);
  });
});

describe("a page that is loaded while a run goes on", () => {
  const at = (execution: string, status: RunSummary["status"], started: number): RunSummary => ({
    execution,
    workflow: "OrderFulfilment",
    status,
    created: started,
    started,
    ended: null,
    parent: null,
  });

  it("shows the newest that has not ended", async () => {
    const runs = [at("done", "succeeded", 3), at("held", "paused", 2), at("old", "running", 1)];
    const { core, session } = await started({
      "run.list": () => ({ runs }),
      "run.get": ({ execution }) => ({ ...RUN, execution }),
    });
    await vi.waitFor(() => expect(session.run.execution).toBe("held"));
    expect(session.selection.state).toBe("Charge card");
    // Later connections leave the choice to the user.
    session.run.show(null);
    core.emit({ event: "runsChanged" });
    expect(session.run.execution).toBeNull();
  });

  it("shows none where all have ended", async () => {
    const { session } = await started({ "run.list": () => ({ runs: [at("done", "succeeded", 3)] }) });
    await vi.waitFor(() => expect(session.runs.list.get()?.length).toBe(1));
    expect(session.run.execution).toBeNull();
  });
});

describe("a run that is over before the page hears of it", () => {
  it("shows the state that failed all the same", async () => {
    const status = "failed" as const;
    const failed = RUN.states.filter(({ key }) => key === "Charge card");
    const run = { ...RUN, status, paused: null, states: failed.map((state) => ({ ...state, status })) };
    const { session } = await started({
      "run.list": () => ({ runs: [] }),
      "run.start": () => ({ kind: "running", run }),
    });
    expect(await session.startRun("{}", HOW)).toBe(true);
    expect([session.selection.state, session.layout.state.get().right]).toEqual(["Charge card", "data"]);
  });
});

describe("trust", () => {
  it.each([true, false])("is asked before the first run; answered %s", async (trusted) => {
    const wishes: string[] = [];
    const { core, session } = await started({
      "run.start": ({ workflow }) => {
        wishes.push(workflow);
        if (wishes.length > 1) return { kind: "running", run: RUN };
        return { kind: "needsTrust", willRun: ["price-order"] };
      },
    });
    const outcome = session.startRun("{}", HOW);
    await vi.waitFor(() => expect(session.runs.question.get()?.willRun).toEqual(["price-order"]));
    session.runs.question.get()?.answer(trusted);
    expect(await outcome).toBe(trusted);
    expect(wishes.length).toBe(trusted ? 2 : 1);
    expect(core.calls.some((call) => call.method === "project.trust")).toBe(trusted);
    expect(session.run.execution).toBe(trusted ? RUN.execution : null);
  });
});

describe("packages", () => {
  const builds = [
    { functions: ["f"], manifest: "f/requirements.txt", packages: ["a"], command: "pip install" },
  ];

  const asked = async (failures: string[]) => {
    let wishes = 0;
    const { core, session } = await started({
      "run.start": () => {
        wishes += 1;
        return wishes > 1 ? { kind: "running", run: RUN } : { kind: "needsBuild", builds };
      },
      "functions.build": () => {
        const code = failures.shift();
        if (code) throw new CallFailure({ code, message: "No." });
        return {};
      },
    });
    const outcome = session.startRun("{}", HOW);
    await vi.waitFor(() => expect(session.runs.builds.question.get()?.builds).toEqual(builds));
    return {
      core,
      session,
      outcome,
      allowed: () => core.calls.filter((c) => c.method === "functions.build"),
    };
  };

  it("are installed and the run goes on", async () => {
    const { session, outcome, allowed } = await asked([]);
    await session.runs.builds.install();
    expect(await outcome).toBe(true);
    expect(allowed().map((call) => call.params)).toEqual([{ allow: true }]);
  });

  it("are left out and the run goes on", async () => {
    const { session, outcome, allowed } = await asked([]);
    await session.runs.builds.decline();
    expect(await outcome).toBe(true);
    expect(allowed().map((call) => call.params)).toEqual([{ allow: false }]);
  });

  it("that can't be installed leave the question open, which can be given up", async () => {
    const { session, outcome } = await asked(["build.failed"]);
    await session.runs.builds.install();
    expect(session.runs.builds.question.get()).toMatchObject({
      progress: null,
      failure: { code: "build.failed" },
    });
    await session.runs.builds.leave();
    expect(await outcome).toBe(false);
    expect(session.runs.builds.question.get()).toBeNull();
  });
});

describe("the debugger", () => {
  it("is followed: its state is selected, its data is shown", async () => {
    const { session } = await started();
    await session.startRun("{}", HOW);
    expect(session.selection.state).toBe("Charge card");
    expect(session.layout.state.get().right).toBe("data");
  });

  it("does not take the selection again while it stands", async () => {
    const { core, session } = await started();
    await session.startRun("{}", HOW);
    session.selection.select("Refund");
    const { execution, status, now, events, transitions, paused } = RUN;
    const same = { execution, status, now, events, transitions, states: [], taken: [], refresh: false };
    core.emit({ event: "runChanged", ...same, paused: paused ? { ...paused } : null });
    expect(session.selection.state).toBe("Refund");
  });
});

describe("a gesture", () => {
  it("comes after what was typed, and selects what it made", async () => {
    const { core, session } = await started({
      "document.edit": ({ document }) => {
        const status = {
          dirty: true,
          undo: "Rename",
          redo: null,
          conflict: null,
          missing: false,
          recovered: false,
          readOnly: false,
          unprotected: null,
        };
        return { version: 99, select: "Paid", status: { document, ...status } };
      },
    });
    const { ChangeSet } = await import("@codemirror/state");
    const document = session.documents.front;
    document?.type(ChangeSet.of({ from: 0, insert: " " }, document.text.get().length));
    expect(await session.documents.rename("Charge card", "Paid")).toBeNull();
    const order = core.calls.map((call) => call.method).filter((method) => method.startsWith("document."));
    expect(order).toEqual(["document.open", "document.change", "document.edit"]);
    expect(session.selection.state).toBe("Paid");
    expect(document?.status.get().undo).toBe("Rename");
  });

  it("that is refused says why, once", async () => {
    const refuse = () => {
      throw new CallFailure({
        code: "edit.nameTaken",
        message: "Done is there already.",
        hint: "Take another.",
      });
    };
    const { session } = await started({ "document.edit": refuse });
    const setField = () => session.documents.setField("Refund", "/Comment", "1");
    expect(await setField()).toBe(false);
    expect(await setField()).toBe(false);
    expect(session.notices.list.get()).toMatchObject([{ severity: "error", hint: "Take another." }]);
  });
});

describe("events", () => {
  it("forget the selection of a state that is gone", async () => {
    const { core, session } = await started();
    session.selection.select("Refund");
    const analysis = session.documents.front?.analysis.get();
    if (!analysis) throw new Error("no analysis");
    const states = analysis.states.filter((state) => state.key !== "Refund");
    core.emit({ event: "documentAnalysed", ...news({ ...analysis, version: analysis.version + 1, states }) });
    expect(session.selection.state).toBeNull();
    expect(session.documents.front?.diagram.get().nodes.length).toBeGreaterThan(0);
  });

  it("keep the workflow in front while it is there, else show the first", async () => {
    const { core, session } = await started();
    const other = {
      id: "Other",
      name: "Other",
      document: "other.asl.json",
      kind: "standard",
      missing: false,
    };
    core.emit({ event: "project", project: { ...PROJECT, workflows: [other, ...PROJECT.workflows] } });
    expect(session.project.workflow.get()).toBe("OrderFulfilment");
    core.emit({ event: "project", project: { ...PROJECT, workflows: [other] } });
    expect(session.project.workflow.get()).toBe("Other");
  });

  it("roll back a breakpoint that the core refuses", async () => {
    const { session } = await started({
      "debug.breakpoints": ({ breakpoints }) => {
        if (breakpoints) throw new CallFailure({ code: "debug.noState", message: "No such state." });
        return { breakpoints: [] };
      },
    });
    await session.breakpoints.toggle("Nowhere");
    expect(session.breakpoints.all.get()).toEqual([]);
  });
});
