// The members of a JSON object or list as pieces of its text: a tree can be shown without reading values into
// JavaScript's own, which reorders keys and rounds numbers.

export interface Member {
  /** A key as it is (unescaped), or an index. */
  name: string;
  /** Its JSON text, with the indentation of its place taken away. */
  text: string;
}

/** Members of well-formed JSON text; empty for what has none. */
export function members(json: string, most: number = Number.POSITIVE_INFINITY): Member[] {
  const text = json.trim();
  const list = text.startsWith("[");
  if (!list && !text.startsWith("{")) return [];
  const found: Member[] = [];
  let at = 1;
  while (found.length < most) {
    at = skip(text, at, " \n\r\t,");
    if (at >= text.length - 1) break;
    let name = String(found.length);
    if (!list) {
      const end = valueEnd(text, at);
      name = keyText(text.slice(at, end));
      at = skip(text, end, " \n\r\t:");
    }
    const end = valueEnd(text, at);
    // A text that was cut ends in the middle of something.
    if (end <= at) break;
    found.push({ name, text: dedent(text.slice(at, end)) });
    at = end;
  }
  return found;
}

/** Whether the text is an object or a list that has members. */
export function hasMembers(json: string): boolean {
  return members(json, 1).length > 0;
}

function skip(text: string, from: number, over: string): number {
  let at = from;
  while (at < text.length && over.includes(text.charAt(at))) at++;
  return at;
}

/** Where the value that begins at `from` ends. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (sign === "," || sign === ":" || sign <= " ")) return at;
  }
  return text.length;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "\\") at++;
    else if (sign === '"') return at + 1;
  }
  return text.length;
}

function keyText(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function dedent(text: string): string {
  const indent = /\n(\s*)[\]}]$/.exec(text)?.[1] ?? "";
  return indent === "" ? text : text.replaceAll(`\n${indent}`, "\n");
}
