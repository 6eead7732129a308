// Typing converges with whatever the core and other sides do meanwhile, in any order of arrival.
import { ChangeSet } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { OpenDocument } from "../../src/session/document";
import type { Change, DocumentChanged, DocumentView } from "../../src/transport/contract";
import { MemoryTransport } from "../../src/transport/memory";
import { CallFailure } from "../../src/transport/transport";
import { Authority } from "../fixtures/authority";

const PATH = "a.asl.json";

/** Numbers that look random and are the same in each run (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function viewOf(text: string, version: number): DocumentView {
  const status = { document: PATH, dirty: false, undo: null, redo: null, conflict: null, missing: false };
  const diagram = { width: 0, height: 0, nodes: [], edges: [] };
  const analysis = {
    document: PATH,
    version,
    queryLanguage: "JSONPath",
    states: [],
    diagram,
    diagnostics: [],
  };
  return {
    document: PATH,
    version,
    text,
    format: "json",
    status: { ...status, recovered: false, readOnly: false, unprotected: null },
    analysis,
  };
}

/** A page: its document, an editor that mirrors it, and the events on their way to it. */
class Page {
  readonly events: DocumentChanged[] = [];
  readonly document: OpenDocument;
  readonly failures: CallFailure[] = [];
  editor: string;

  constructor(
    readonly name: string,
    authority: Authority,
    change: (params: Parameters<Authority["change"]>[0]) => void,
  ) {
    const text = authority.text.toString();
    const transport = new MemoryTransport({
      "document.change": (params) => {
        change(params);
        return { version: 0 };
      },
    });
    this.document = new OpenDocument(viewOf(text, authority.version), transport, name, (f) =>
      this.failures.push(f),
    );
    this.editor = text;
    this.document.onRemote((changes) => {
      this.editor = apply(this.editor, changes);
    });
  }

  type(change: Change): void {
    const set = ChangeSet.of(change, this.editor.length, "\n");
    this.editor = apply(this.editor, set);
    this.document.type(set);
  }

  hear(): void {
    const event = this.events.shift();
    if (event) this.document.receive(event);
  }
}

function apply(text: string, changes: ChangeSet): string {
  let out = "";
  let at = 0;
  changes.iterChanges((from, to, _a, _b, inserted) => {
    out += text.slice(at, from) + inserted.toString();
    at = to;
  });
  return out + text.slice(at);
}

function anyChange(text: string, next: (below: number) => number): Change {
  const from = next(text.length + 1);
  const to = Math.min(text.length, from + next(4));
  return { from, to, insert: ["", "x", "yz", "\n", "é"][next(5)] ?? "" };
}

describe("convergence", () => {
  it.each([false, true])(
    "of two pages, gestures and late events (the core puts late text first: %s)",
    (lateFirst) => {
      for (let seed = 1; seed <= 120; seed++) {
        const next = random(seed);
        const authority = new Authority(PATH, "one\ntwo\r\nthree", lateFirst);
        const sent: Parameters<Authority["change"]>[0][] = [];
        const pages = ["a", "b"].map((name) => new Page(name, authority, (params) => sent.push(params)));
        const broadcast = (event: DocumentChanged) => {
          for (const page of pages) page.events.push(event);
        };
        const take = () => {
          const params = sent.splice(next(sent.length || 1), 1)[0];
          if (params) broadcast(authority.change(params));
        };
        for (let step = 0; step < 60; step++) {
          const page = pages[next(2)] as Page;
          const what = next(5);
          if (what <= 1) page.type(anyChange(page.editor, next));
          else if (what === 2) take();
          else if (what === 3) page.hear();
          else broadcast(authority.edit([anyChange(authority.text.toString(), next)]));
        }
        while (sent.length > 0 || pages.some((page) => page.events.length > 0)) {
          take();
          for (const page of pages) page.hear();
        }
        for (const page of pages) {
          const shown = { editor: page.editor, text: page.document.text.get().toString() };
          const truth = authority.text.toString();
          expect({ seed, settled: page.document.isSettled, ...shown }).toEqual({
            seed,
            settled: true,
            editor: truth,
            text: truth,
          });
        }
      }
    },
  );
});

describe("order", () => {
  const event = (baseVersion: number, insert: string): DocumentChanged => ({
    document: PATH,
    baseVersion,
    version: baseVersion + 1,
    changes: [{ from: 0, to: 0, insert }],
    origin: "edit",
    select: null,
  });
  const open = () => new Page("a", new Authority(PATH, ""), () => {});

  it("waits for what comes in between", () => {
    const { document } = open();
    document.receive(event(3, "c"));
    document.receive(event(2, "b"));
    expect(document.text.get().toString()).toBe("");
    document.receive(event(1, "a"));
    expect(document.text.get().toString()).toBe("cba");
  });

  it("drops what it has already", () => {
    const { document } = open();
    document.receive(event(1, "a"));
    document.receive(event(1, "a"));
    expect(document.text.get().toString()).toBe("a");
  });

  it("keeps one change in flight and joins the rest", () => {
    const sent: Change[][] = [];
    const page = new Page("a", new Authority(PATH, ""), (params) => sent.push(params.changes));
    for (const [index, insert] of ["a", "b", "c"].entries()) page.type({ from: index, to: index, insert });
    expect(sent).toEqual([[{ from: 0, to: 0, insert: "a" }]]);
    page.document.receive({ ...event(1, "a"), origin: "a" });
    expect(sent[1]).toEqual([{ from: 1, to: 1, insert: "bc" }]);
  });
});

describe("a lost connection", () => {
  it.each([
    ["the change had not arrived", "abc", "abcx"],
    ["the change had arrived", "abcx", "abcx"],
    ["others typed meanwhile", "zabc", "zabcx"],
  ])("loses nothing: %s", (_what, atTheCore, expected) => {
    const sent: Change[][] = [];
    const page = new Page("a", new Authority(PATH, "abc"), (params) => sent.push(params.changes));
    page.type({ from: 3, to: 3, insert: "x" });
    page.document.resume(viewOf(atTheCore, 9));
    expect(page.editor).toBe(expected);
    expect(page.document.text.get().toString()).toBe(expected);
    expect(page.document.isSettled).toBe(atTheCore === "abcx");
  });

  it("takes the core's text when it refuses what was typed", async () => {
    const failures: CallFailure[] = [];
    const transport = new MemoryTransport({
      "document.change": () => {
        throw new CallFailure({ code: "document.readOnly", message: "This definition is assembled." });
      },
      "document.open": () => viewOf("abc", 1),
    });
    const document = new OpenDocument(viewOf("abc", 1), transport, "a", (failure) => failures.push(failure));
    document.type(ChangeSet.of({ from: 0, insert: "x" }, 3));
    await document.flush();
    expect(document.text.get().toString()).toBe("abc");
    expect(failures.map((failure) => failure.code)).toEqual(["document.readOnly"]);
  });
});
