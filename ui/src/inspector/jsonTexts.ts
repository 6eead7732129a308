// Values as JSON text, and what of it is typed. Text stays text: numbers keep their digits, objects their order.

/** A number as JSON writes it. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** An expression, path or substitution, which stands in quotes even where a number is meant. */
export function isExpression(text: string): boolean {
  return text.startsWith("$") || text.startsWith("{%") || text.includes("${");
}

/** JSON text as it is typed into a field: strings without their quotes. */
export function toTyped(value: string | null): string {
  if (value === null) return "";
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "string" ? parsed : value;
  } catch {
    return value;
  }
}

/** The texts of a JSON array's items, each as it stands but for its indentation; empty where it is no array. */
export function items(array: string): string[] {
  const text = array.trim();
  if (!text.startsWith("[")) return [];
  const found: string[] = [];
  let depth = 0;
  let start = 1;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]/g)) {
    if (token === "[" || token === "{") depth++;
    const ends = (token === "," && depth === 1) || (token === "]" && depth === 1);
    if (ends) {
      const item = text.slice(start, index).trim();
      if (item !== "") found.push(outdent(item));
      start = index + 1;
    }
    if (token === "]" || token === "}") depth--;
  }
  return found;
}

/** Takes away the indentation that all lines after the first share. */
export function outdent(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const widths = rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = widths.length > 0 ? Math.min(...widths) : 0;
  return [first, ...rest.map((line) => line.slice(shared))].join("\n");
}
