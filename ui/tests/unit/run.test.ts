// What a run's deltas do to the stores: the right keys wake, and only they.
import { describe, expect, it, vi } from "vitest";
import { Run, transitionKey } from "../../src/session/run";
import type { RunDelta, StateRun } from "../../src/transport/contract";
import { MemoryTransport } from "../../src/transport/memory";
import { RUN, STATES } from "../fixtures/run";

function delta(more: Partial<RunDelta>): RunDelta {
  const { execution, now, events, transitions } = RUN;
  const base = { status: "running" as const, states: [], taken: [], paused: null, refresh: false };
  return { execution, now, events, transitions, ...base, ...more };
}

function shown(handlers = {}) {
  const transport = new MemoryTransport({ "run.get": () => RUN, ...handlers });
  const run = new Run(transport, () => {});
  run.show(RUN);
  return { run, transport };
}

const done: StateRun = { ...(STATES[3] as StateRun), status: "succeeded", duration: 12 };

describe("a delta", () => {
  it("wakes the state that changed and no other", () => {
    const { run } = shown();
    const charge = vi.fn();
    const price = vi.fn();
    run.states.subscribe("Charge card", charge);
    run.states.subscribe("Price order", price);
    run.receive(delta({ states: [done, { ...(STATES[0] as StateRun) }] }));
    expect(run.states.get("Charge card")?.status).toBe("succeeded");
    expect([charge.mock.calls.length, price.mock.calls.length]).toEqual([1, 0]);
  });

  it("keeps what it does not name, and counts transitions", () => {
    const { run } = shown();
    run.receive(delta({ taken: [{ from: "Fulfil", transition: 1, to: "Done", count: 1 }] }));
    expect(run.taken.get(transitionKey("Fulfil", 1))).toBe(1);
    expect(run.taken.get(transitionKey("", null))).toBe(1);
    expect(run.states.get("Price order")?.status).toBe("succeeded");
  });

  it("of another run changes nothing", () => {
    const { run } = shown();
    run.receive(delta({ execution: "other", states: [done] }));
    expect(run.states.get("Charge card")?.status).toBe("paused");
    expect(run.paused.get()?.state).toBe("Charge card");
  });

  it("that overtakes the answer which shows its run is made up for", async () => {
    const ended = { ...RUN, execution: "fast", status: "succeeded" as const, paused: null };
    const { run } = shown({ "run.get": () => ended });
    run.receive(delta({ execution: "fast", status: "succeeded" }));
    run.show({ ...ended, status: "running" });
    await vi.waitFor(() => expect(run.head.get()?.status).toBe("succeeded"));
  });

  it("that says refresh asks for the whole once more, however often it says so", async () => {
    const { run, transport } = shown();
    for (let i = 0; i < 5; i++) run.receive(delta({ refresh: true }));
    await vi.waitFor(() => expect(run.head.get()?.status).toBe("paused"));
    await new Promise((settled) => setTimeout(settled));
    expect(transport.calls.filter((call) => call.method === "run.get").length).toBe(2);
  });
});

describe("looking into an iteration", () => {
  it("shows its states in the room and everything else as it is", async () => {
    const inside: StateRun = { ...done, key: "Reserve line", status: "failed" };
    const { run } = shown({ "run.states": () => ({ states: [inside] }) });
    run.receive(delta({ states: [{ ...inside, status: "succeeded" }] }));
    run.lookInto({ frame: 12, state: "Reserve each line", index: 2 }, ["Reserve line"]);
    await vi.waitFor(() => expect(run.states.get("Reserve line")?.status).toBe("failed"));
    expect(run.states.get("Price order")?.status).toBe("succeeded");
    run.receive(delta({ states: [done, { ...inside, status: "running" }] }));
    expect(run.states.get("Charge card")?.status).toBe("succeeded");
    expect(run.states.get("Reserve line")?.status).toBe("failed");
    run.lookInto(null);
    expect(run.states.get("Reserve line")?.status).toBe("running");
  });
});

describe("the data of a state, while an iteration is looked into", () => {
  it("is asked of the iteration inside the room, and of the whole run outside it", () => {
    const { run } = shown({ "run.states": () => ({ states: [] }) });
    run.lookInto({ frame: 12, state: "Reserve each line", index: 2 }, ["Reserve line"]);
    expect(run.frameOf("Reserve line")).toBe(12);
    expect(run.frameOf("Done")).toBeNull();
    expect(run.frameOf("Reserve each line")).toBeNull();
    expect(run.frameOf("Charge card")).toBe(RUN.paused?.frame);
    run.lookInto(null);
    expect(run.frameOf("Reserve line")).toBeNull();
  });
});

describe("the execution's clock", () => {
  it("goes on while the run runs and stands while it is held", async () => {
    const { ExecutionClock } = await import("../../src/session/clock");
    let wall = 100;
    const clock = new ExecutionClock(() => wall);
    clock.set(5_000, true);
    wall += 250;
    expect(clock.now()).toBe(5_250);
    clock.set(6_000, false);
    wall += 250;
    expect(clock.now()).toBe(6_000);
  });
});
