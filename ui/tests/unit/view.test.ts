// Where the canvas looks first, and what it moves for.
import { describe, expect, it } from "vitest";
import { firstLook, revealing, wholeView } from "../../src/canvas/view/viewport";
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
