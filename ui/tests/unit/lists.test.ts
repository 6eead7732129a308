// Long lists: which rows are drawn, which pages are fetched and when again, and which event a moment is.
import { describe, expect, it } from "vitest";
import { matches } from "../../src/debugger/lists/filter";
import { Pages } from "../../src/debugger/lists/pages";
import { ALL, countBefore, endSpace, scrollTo, visibleRange } from "../../src/debugger/lists/range";
import { canSeek, eventAt, eventFrom, isAhead, isHere } from "../../src/debugger/timeline/moments";
import type { RunHead } from "../../src/session/run";
import type { TimelineRow } from "../../src/transport/contract";
import { PAUSED, RUN, TIMELINE } from "../fixtures/run";

describe("the rows in sight", () => {
  it.each([
    ["at the top", [0, 100, 20, 1_000], [0, 7]],
    ["in the middle", [2_000, 100, 20, 1_000], [98, 107]],
    ["at the end", [19_900, 100, 20, 1_000], [993, 1_000]],
    ["of a short list", [0, 100, 20, 3], [0, 3]],
    ["of an empty list", [0, 100, 20, 0], [0, 0]],
    ["of a list that became shorter", [19_900, 100, 20, 10], [10, 10]],
  ])("%s", (_, [top, height, row, total], [first, last]) => {
    expect(visibleRange(top ?? 0, height ?? 0, row ?? 0, total ?? 0, 2)).toEqual({ first, last });
  });

  it.each([
    ["is in sight", 5, 100, 0, null],
    ["is above", 2, 100, 0, 40],
    ["is below", 11, 100, 0, 140],
    ["is under the footer", 9, 100, 30, 140],
  ])("a row that %s is brought there", (_, row, top, covered, to) => {
    expect(scrollTo(row, top, 100, 20, covered)).toBe(to);
  });

  it.each([
    ["all rows fit", 3, 100, 0],
    ["they fill the room", 5, 100, 0],
    ["the room holds half a row", 11, 110, 0],
    ["a footer covers some", 11, 110, 34],
    ["it is not measured yet", 11, 0, 34],
  ])("end at the edge of a row where %s", (_, total, height, covered) => {
    const content = total * 20 + endSpace(total, height, 20, covered);
    const furthest = Math.max(0, content - Math.max(0, height - covered));
    expect(height === 0 ? 0 : furthest % 20).toBe(0);
  });
});

/** A core that holds `length` numbers, and remembers what it was asked for. */
function core(length: number, settled = false) {
  const asked: number[] = [];
  const held = { length, broken: false };
  const pages = new Pages<number>({
    size: 200,
    settled,
    fetch: async (from, limit) => {
      asked.push(from / 200);
      if (held.broken) throw new Error("gone");
      const rows = Array.from(
        { length: Math.max(0, Math.min(limit, held.length - from)) },
        (_, i) => from + i,
      );
      return { total: held.length, rows };
    },
  });
  const rest = async () => {
    await new Promise((done) => setTimeout(done));
    return asked.splice(0);
  };
  return { pages, held, rest };
}

describe("pages", () => {
  it("are fetched where someone looks, once", async () => {
    const { pages, rest } = core(25_000);
    pages.want({ first: 0, last: 20 });
    expect(await rest()).toEqual([0]);
    pages.want({ first: 10_150, last: 10_210 });
    expect(await rest()).toEqual([50, 51]);
    pages.want({ first: 0, last: 20 });
    expect(await rest()).toEqual([]);
    expect([pages.total.get(), pages.get(10_205), pages.get(700)]).toEqual([25_000, 10_205, undefined]);
  });

  it("are fetched again where someone looks when the run goes on, and keep their rows until then", async () => {
    const { pages, rest } = core(1_000);
    pages.want({ first: 0, last: 20 });
    await rest();
    pages.want({ first: 400, last: 420 });
    await rest();
    pages.refresh();
    expect(pages.get(410)).toBe(410);
    expect(await rest()).toEqual([2]);
  });

  it("that were asked for before a sign of progress are asked for once more", async () => {
    const { pages, rest } = core(100);
    pages.refresh();
    pages.refresh();
    pages.refresh();
    expect(await rest()).toEqual([0, 0]);
  });

  it("of rows that never change are fetched again only while they are not full", async () => {
    const { pages, held, rest } = core(450, true);
    pages.want(ALL);
    expect(await rest()).toEqual([0, 1, 2]);
    held.length = 650;
    pages.refresh();
    expect(await rest()).toEqual([2, 3]);
    expect(pages.loaded()).toEqual(Array.from({ length: 650 }, (_, index) => index));
  });

  it("that can't be had are left, until the next sign of progress", async () => {
    const { pages, held, rest } = core(100);
    held.broken = true;
    pages.refresh();
    expect(await rest()).toEqual([0]);
    held.broken = false;
    pages.refresh();
    expect(await rest()).toEqual([0]);
    expect(pages.get(99)).toBe(99);
  });
});

const rowAt = async (index: number): Promise<TimelineRow | undefined> => TIMELINE[index];
const total = TIMELINE.length;
const head: RunHead = RUN;
const past = (events: number): RunHead => ({ ...RUN, past: true, events });

describe("a moment", () => {
  it.each([
    ["the start", 0, 1],
    ["between two visits", 43, 4],
    ["the start of a visit", 44, 7],
    ["within the last visits", 1_000, 16],
    ["the end", 1_651, null],
  ])("%s is sought by its event", async (_, time, event) => {
    expect(await eventAt(time, 1_651, total, rowAt)).toBe(event);
  });

  it.each([
    ["back from the newest", head, -1, 19],
    ["on from the newest", head, 1, null],
    ["back in the past", past(9), -1, 7],
    ["on in the past", past(9), 1, 13],
    ["on to the newest", past(18), 1, null],
    ["back beyond the start", past(3), Number.NEGATIVE_INFINITY, 1],
  ])("%s", async (_, from, by, event) => {
    expect(await eventFrom(from, by, total, rowAt)).toBe(event);
  });

  it("of a long run is found with few looks", async () => {
    let looks = 0;
    const found = await countBefore(
      25_000,
      async (index) => {
        looks += 1;
        return index;
      },
      (row) => row < 17_321,
    );
    expect(found).toBe(17_321);
    expect(looks).toBeLessThanOrEqual(15);
  });

  it("is where the debugger stands, and what comes later lies ahead", () => {
    const here = (of: RunHead) => TIMELINE.filter((row) => isHere(row, of)).map((row) => row.row);
    expect(here(head)).toEqual([6]);
    expect(here({ ...past(12), paused: PAUSED })).toEqual([4]);
    expect(here({ ...head, paused: null })).toEqual([]);
    expect(TIMELINE.filter((row) => isAhead(row, past(9))).map((row) => row.row)).toEqual([3, 4, 5, 6]);
  });

  it.each([
    ["paused", true],
    ["running", false],
    ["succeeded", true],
    ["elsewhere", false],
  ] as const)("can be sought while the run is %s: %s", (status, able) => {
    expect(canSeek({ ...head, status })).toBe(able);
  });
});

describe("a filter", () => {
  it.each([
    ["task charge", "12 TaskStateEntered Charge card", true],
    ["task refund", "12 TaskStateEntered Charge card", false],
    ["12", "12 TaskStateEntered Charge card", true],
  ])("%s in %s: %s", (words, text, found) => {
    expect(matches(words, text)).toBe(found);
  });
});
