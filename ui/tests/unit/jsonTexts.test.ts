// Texts of JSON values: items as they stand, strings without their quotes.
import { describe, expect, it } from "vitest";
import { items, toTyped } from "../../src/inspector/jsonTexts";

describe("items", () => {
  it.each([
    ["[]", []],
    ["[ 1, 2.0 ]", ["1", "2.0"]],
    ['["a, ]b", "\\"]"]', ['"a, ]b"', '"\\"]"']],
    ['[\n  {\n    "a": [1, {"b": 2}]\n  },\n  {}\n]', ['{\n  "a": [1, {"b": 2}]\n}', "{}"]],
    ['{"a": [1]}', []],
    ["", []],
  ])("of %j: %j", (text, expected) => {
    expect(items(text)).toEqual(expected);
  });
});

it.each([
  [null, ""],
  ['"$.a"', "$.a"],
  ["null", "null"],
  ["12345678901234567890", "12345678901234567890"],
  ["{broken", "{broken"],
])("%j is typed as %j", (value, expected) => {
  expect(toTyped(value)).toBe(expected);
});
