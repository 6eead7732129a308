// What the pill on a card's shoulder says.
import { countdown, duration } from "../../design/amounts";
import type { StateRun } from "../../transport/contract";

/** The pill's number, or nothing where the icon says it all. `now` is the execution's clock. */
export function pillText(run: StateRun, now: number): string | null {
  switch (run.status) {
    case "waiting":
      return run.until === null ? "waiting" : countdown(run.until - now);
    case "retrying":
      return run.until === null ? `attempt ${run.attempt}` : `retry in ${countdown(run.until - now)}`;
    case "paused":
      return run.attempt > 1 ? `attempt ${run.attempt}` : "paused";
    case "running":
      return share(run) ?? (run.attempt > 1 ? `attempt ${run.attempt}` : null);
    case "aborted":
    case "idle":
      return null;
    default:
      return finished(run);
  }
}

function finished(run: StateRun): string | null {
  const time = run.duration === null ? null : duration(run.duration);
  const often = run.visits > 1 ? `${run.visits}×` : null;
  return [often, time].filter(Boolean).join(" · ") || null;
}

function share(run: StateRun): string | null {
  if (!run.counts || run.counts.total === 0) return null;
  const done = run.counts.succeeded + run.counts.failed + run.counts.aborted;
  return `${Math.floor((done / run.counts.total) * 100)} %`;
}

/** Whether the pill's number changes by itself. */
export function ticks(run: StateRun | undefined): boolean {
  return run !== undefined && run.until !== null && (run.status === "waiting" || run.status === "retrying");
}

/** A Map says how far it is in the place of what it does. */
export function progressSummary(summary: string, run: StateRun | undefined): string {
  if (!run?.counts || run.counts.total === 0) return summary;
  const { total, succeeded, failed, aborted } = run.counts;
  const kind = summary.split(" · ")[0] ?? summary;
  const broken = failed > 0 ? ` · ${failed} failed` : "";
  const cut = aborted > 0 ? ` · ${aborted} stopped` : "";
  return `${kind} · ${succeeded + failed + aborted} of ${total}${broken}${cut}`;
}
