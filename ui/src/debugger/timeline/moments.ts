// Where in the timeline the moment lies that is shown, and how to get to another one.
import type { RunHead } from "../../session/run";
import type { TimelineRow } from "../../transport/contract";
import { countBefore } from "../lists/range";

type RowAt = (index: number) => Promise<TimelineRow | undefined>;

/** Whether the run can be looked at in the past: while it moves, it can't. */
export function canSeek(head: RunHead): boolean {
  return head.past || (head.status !== "running" && head.status !== "elsewhere");
}

/** Whether the row's state was entered only after the moment shown. */
export function isAhead(row: TimelineRow, head: RunHead): boolean {
  return head.past && row.event > head.events;
}

/** Whether the debugger stands at this visit: in it, or in the past just before it. */
export function isHere(row: TimelineRow, head: RunHead): boolean {
  const { paused, past, events } = head;
  if (!paused || row.state !== paused.state || row.frame !== paused.frame) return false;
  return past && row.event > events ? row.event === events + 1 : row.duration === null;
}

/** The event to seek for a time: that of the last visit that had begun by then; null = the newest moment. */
export async function eventAt(
  time: number,
  length: number,
  total: number,
  rowAt: RowAt,
): Promise<number | null> {
  if (time >= length || total === 0) return null;
  const begun = await countBefore(total, rowAt, (row) => row.at <= time);
  return (await rowAt(Math.max(0, begun - 1)))?.event ?? null;
}

/** The event to seek some visits further on (or back, if negative) than the moment shown. */
export async function eventFrom(
  head: RunHead,
  by: number,
  total: number,
  rowAt: RowAt,
): Promise<number | null> {
  const entered = head.past ? await countBefore(total, rowAt, (row) => row.event <= head.events) : total;
  const to = Math.max(0, entered + by);
  return to >= total ? null : ((await rowAt(to))?.event ?? null);
}
