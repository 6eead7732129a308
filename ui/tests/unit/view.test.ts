// Where the canvas looks first, and what it moves for.
import { describe, expect, it } from "vitest";
import { keeping } from "../../src/canvas/view/keeping";
import { cutSides, firstLook, revealing, wholeView } from "../../src/canvas/view/viewport";
import type { DiagramView, NodeView } from "../../src/transport/contract";

const SIZE = { width: 880, height: 580 };

function node(x: number, y: number, more: Partial<NodeView> = {}): NodeView {
  return { key: "A", shape: "card", x, y, width: 208, height: 56, parent: null, ...more };
}

function drawing(width: number, height: number, start = width / 2): DiagramView {
  return { width, height, nodes: [node(start - 22, 24, { key: "", shape: "start", width: 44 })], edges: [] };
}

describe("the first look", () => {
  it.each([
    ["a small one at its own size", drawing(400, 300), 1],
    ["one that fits at 90 %", drawing(933, 400), 0.9],
    ["a high one as wide as it is", drawing(840, 3_000), 1],
    ["the whole where its names are read", drawing(1_300, 800), 0.65],
    ["a wide one no further away than can be read", drawing(4_000, 400), 0.75],
  ])("shows %s", (_, diagram, zoom) => {
    expect(firstLook(diagram, SIZE).zoom).toBeCloseTo(zoom, 2);
  });

  it.each([
    ["the beginning", drawing(840, 3_000), 20],
    ["the start in the middle", drawing(4_000, 400, 2_000), 440 - 2_000 * 0.75],
    ["no empty stretch at the left", drawing(4_000, 400, 100), 20],
    ["no empty stretch at the right", drawing(4_000, 400, 3_950), 860 - 3_000],
  ])("has %s where not all fits", (_, diagram, x) => {
    const look = firstLook(diagram, SIZE);
    expect([look.x, look.y]).toEqual([x, 40]);
  });

  it("leaves the whole to who asks for it", () => {
    expect(wholeView(drawing(840, 3_000), SIZE).zoom).toBeLessThan(0.2);
  });
});

describe("a state that is shown", () => {
  const view = { x: 0, y: 0, zoom: 1 };
  it.each([
    ["a card in sight", node(300, 200), null],
    ["a card below", node(300, 700), -224],
    ["a room whose header is in sight", node(100, 300, { shape: "room", height: 900 }), null],
    ["a room of which only the inside is in sight", node(100, -400, { shape: "room", height: 900 }), 460],
  ])("moves the view for %s as little as it must", (_, shown, y) => {
    expect(revealing(shown, view, SIZE)?.y ?? null).toBe(y);
  });
});

describe("a room's header", () => {
  const room = { x: 100, y: 100, width: 1_000 };
  it.each([
    ["that is in sight", { x: 0, y: 0, zoom: 0.5 }, { left: 0, right: 0 }],
    ["cut at both sides", { x: -200, y: 0, zoom: 1 }, { left: 100, right: 20 }],
    ["out of sight above", { x: -200, y: -400, zoom: 1 }, { left: 0, right: 0 }],
    ["of which too little is left", { x: -1_000, y: 0, zoom: 1 }, { left: 0, right: 0 }],
  ])("%s has its words where they are seen", (_, view, cut) => {
    expect(cutSides(room, view, SIZE)).toEqual(cut);
  });
});

describe("a view that somebody moved", () => {
  const view = { x: 0, y: -200, zoom: 1 };
  const states = (...rows: [key: string, y: number][]): DiagramView => ({
    width: 400,
    height: 2_000,
    nodes: rows.map(([key, y]) => node(100, y, { key })),
    edges: [],
  });
  const before = states(["A", 100], ["B", 300], ["C", 500], ["D", 900]);
  it.each<[string, DiagramView, string | null, number | null]>([
    ["an equal drawing", before, "B", null],
    [
      "a state put in above the selected one",
      states(["A", 100], ["New", 200], ["B", 400], ["C", 600], ["D", 1_000]),
      "C",
      -300,
    ],
    [
      "the state next to the middle, where none is selected",
      states(["A", 100], ["C", 400], ["D", 800]),
      null,
      -100,
    ],
    [
      "the state next to the middle, where the selected one is out of sight",
      states(["A", 0], ["C", 400]),
      "A",
      -100,
    ],
    ["nothing where nothing is left", states(["X", 100]), "B", null],
  ])("keeps what is looked at in its place: %s", (_, diagram, selected, y) => {
    const now = { diagram, size: SIZE };
    expect(keeping({ diagram: before, size: SIZE }, now, view, selected)?.y ?? null).toBe(y);
  });

  it.each<[string, number, string | null, number | null]>([
    ["stays in a smaller window", 500, null, null],
    ["stays while the selected state is in sight", 500, "B", null],
    ["moves so far that the selected state is not covered", 300, "C", -304],
    ["stays where the selected state was out of sight before", 300, "D", null],
  ])("%s", (_, height, selected, y) => {
    const now = { diagram: before, size: { width: 880, height } };
    expect(keeping({ diagram: before, size: SIZE }, now, view, selected)?.y ?? null).toBe(y);
  });
});
