// Texts and changes as the editor has them, and as they cross the wire.
import { ChangeSet, Text } from "@codemirror/state";
import type { Change } from "../transport/contract";

// Only "\n" parts lines: with "\r" left in the text, offsets are the core's offsets.
const LINE_BREAK = "\n";

export function toText(text: string): Text {
  return Text.of(text.split(LINE_BREAK));
}

export function toChangeSet(changes: Change[], length: number): ChangeSet {
  return ChangeSet.of(changes, length, LINE_BREAK);
}

export function toChanges(set: ChangeSet): Change[] {
  const changes: Change[] = [];
  set.iterChanges((from, to, _fromNow, _toNow, inserted) => {
    changes.push({ from, to, insert: inserted.sliceString(0, inserted.length, LINE_BREAK) });
  });
  return changes;
}

export function sameChanges(a: ChangeSet, b: ChangeSet): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** One replaced range that turns a text into another. */
export function difference(before: Text, after: Text): ChangeSet {
  const [a, b] = [before.toString(), after.toString()];
  let from = 0;
  while (from < a.length && from < b.length && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  let end = 0;
  const room = Math.min(a.length, b.length) - from;
  while (end < room && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  if (from === a.length && from === b.length) return ChangeSet.empty(a.length);
  return toChangeSet([{ from, to: a.length - end, insert: b.slice(from, b.length - end) }], a.length);
}
