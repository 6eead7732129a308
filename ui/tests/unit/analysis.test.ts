// Both sides of the analysis: what the core told in a row, and the whole that it had in mind at each step. The file comes
// from `crates/studio/tests/analyses.rs`, so that what differs is made by the core itself.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { OpenDocument } from "../../src/session/document";
import { Session } from "../../src/session/session";
import type { DocumentAnalysed, DocumentAnalysis, DocumentView } from "../../src/transport/contract";
import { MemoryTransport } from "../../src/transport/memory";
import { news } from "../fixtures/analysis";
import { DOCUMENT, exampleCore } from "../fixtures/core";

interface Told {
  what: string;
  event: DocumentAnalysed;
  whole: DocumentAnalysis;
}

const FILE = join(import.meta.dirname, "../fixtures/analyses.json");
const { opened, steps }: { opened: DocumentView; steps: Told[] } = JSON.parse(readFileSync(FILE, "utf8"));

function open(): OpenDocument {
  return new OpenDocument(opened, new MemoryTransport({}), "page", () => {});
}

describe("an analysis that is told as it differs", () => {
  it("gives the whole at every step", () => {
    const document = open();
    for (const { what, event, whole } of steps) {
      expect({ what, known: document.analysed(event) }).toEqual({ what, known: true });
      expect({ what, ...document.analysis.get() }).toEqual({ what, ...whole });
      for (const state of whole.states) expect(document.state(state.key)).toEqual(state);
      expect(new Map(document.states.entries()).size).toBe(whole.states.length);
    }
  });

  it("is not taken for another one's: the page asks for the whole", () => {
    const document = open();
    const later = steps.find(
      ({ event }) => event.states.kind === "differ" && event.states.base > opened.version,
    );
    if (!later) throw new Error("every step begins with the whole");
    expect(document.analysed(later.event)).toBe(false);
    expect(document.analysis.get()).toEqual(opened.analysis);
  });

  it("wakes only who shows a state that is different, not one that moved", () => {
    const document = open();
    const woken: string[] = [];
    for (const { key } of opened.analysis.states) document.states.subscribe(key, () => woken.push(key));
    const typed = steps.find(({ what }) => what === "a key in a comment");
    if (!typed) throw new Error("no such step");
    for (const { event } of steps.slice(0, steps.indexOf(typed))) document.analysed(event);
    woken.length = 0;
    document.analysed(typed.event);
    expect(woken).toEqual([]);
  });
});

describe("news", () => {
  it("about another analysis than the one here make the page ask for the whole", async () => {
    const core = exampleCore({ "run.list": () => ({ runs: [] }) });
    const session = new Session(core);
    session.start();
    await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
    const document = session.documents.front;
    const analysis = document?.analysis.get();
    if (!document || !analysis) throw new Error("no analysis");
    const opened = () => core.calls.filter((call) => call.method === "document.open").length;
    const before = opened();
    const states = { kind: "differ" as const, base: analysis.version + 6, moved: [], changed: [] };
    const event = { event: "documentAnalysed" as const, ...news(analysis), states };
    core.emit({ ...event, version: analysis.version + 7 }, { ...event, version: analysis.version + 8 });
    // Two pieces of news, and the second one came while the first was asked about.
    await vi.waitFor(() => expect(opened()).toBe(before + 2));
    expect(document.analysis.get().states).toEqual(analysis.states);
    const differ = {
      ...states,
      base: analysis.version,
      moved: [{ first: 1, count: 2, from: 3, to: 4, line: 1 }],
    };
    core.emit({ ...event, version: analysis.version + 9, states: differ });
    const [first, second] = document.analysis.get().states;
    expect(first).toBe(analysis.states[0] && document.state(analysis.states[0].key));
    expect(second?.from).toBe((analysis.states[1]?.from ?? 0) + 3);
    expect(opened()).toBe(before + 2);
  });
});
