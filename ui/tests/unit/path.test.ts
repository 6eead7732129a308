// Lines with rounded corners, arrow heads, and places for plus buttons.
import { describe, expect, it } from "vitest";
import { arrowHead, corners, plusPoint, roundedPath } from "../../src/canvas/edges/path";
import { nearestSpot, spots } from "../../src/canvas/edges/places";
import { analyse, DIAGRAM } from "../fixtures/analysis";
import { DEFINITION } from "../fixtures/definition";

describe("rounding", () => {
  it.each([
    ["a straight line", [0, 0, 0, 40], "M0,0 L0,31"],
    ["a corner of 8", [0, 0, 100, 0, 100, 50], "M0,0 L92,0 Q100,0 100,8 L100,41"],
    ["two corners", [0, 0, 40, 0, 40, 40, 80, 40], "M0,0 L32,0 Q40,0 40,8 L40,32 Q40,40 48,40 L71,40"],
    ["a piece too short for 8", [0, 0, 6, 0, 6, 50], "M0,0 L3,0 Q6,0 6,3 L6,41"],
    ["a repeated point", [0, 0, 0, 0, 0, 40], "M0,0 L0,31"],
    ["a point on the way", [0, 0, 0, 10, 0, 40], "M0,0 L0,31"],
    ["shorter than the arrow head", [0, 0, 0, 4], "M0,0 L0,0"],
    ["one point", [3, 4], "M3,4"],
    ["nothing", [], ""],
  ])("%s", (_what, flat, path) => {
    expect(roundedPath(corners(flat))).toBe(path);
  });

  it("points the arrow along the last piece", () => {
    expect(arrowHead(corners([0, 0, 0, 40]))).toBe("M0,40 L5,31 L-5,31 Z");
    expect(arrowHead(corners([40, 0, 0, 0]))).toBe("M0,0 L9,5 L9,-5 Z");
    expect(arrowHead(corners([1, 1]))).toBe("");
  });
});

describe("the plus", () => {
  it.each([
    ["stands in the middle of what is seen of the line", [0, 0, 0, 49], null, { x: 0, y: 20 }],
    ["takes the longest piece", [0, 0, 100, 0, 100, 40], null, { x: 50, y: 0 }],
    [
      "leaves the label alone",
      [0, 0, 100, 0, 100, 59],
      { x: 50, y: 0, width: 60, height: 20 },
      { x: 100, y: 25 },
    ],
    [
      "goes above a label that fills the line",
      [0, 0, 100, 0],
      { x: 50, y: 0, width: 84, height: 20 },
      { x: 50, y: -22 },
    ],
  ])("%s", (_what, flat, label, at) => {
    expect(plusPoint(corners(flat), label)).toEqual(at);
  });
});

describe("places to drop", () => {
  const all = spots(DIAGRAM, analyse("a", DEFINITION, 1).states);
  it.each([
    ["Between Price order and In stock?", { kind: "onTransition", from: "Price order", transition: 0 }],
    ["Before Price order", { kind: "beforeStart", scope: "" }],
    ["After Record payment", { kind: "after", state: "Record payment" }],
  ])("%s", (title, place) => {
    expect(all.find((spot) => spot.title === title)?.place).toEqual(place);
  });

  it("offers nothing after an end", () => {
    expect(all.map((spot) => spot.title)).not.toContain("After Done");
  });

  it("finds the nearest within reach", () => {
    const spot = all[1];
    if (!spot) throw new Error("no spot");
    expect(nearestSpot(all, { x: spot.at.x + 5, y: spot.at.y }, 30)).toBe(spot);
    expect(nearestSpot(all, { x: -5_000, y: 0 }, 30)).toBeNull();
  });
});
