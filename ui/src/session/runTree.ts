// The runs of a project as a list in which forks stand under the run they came from.
import type { RunSummary } from "../transport/contract";

export interface ListedRun {
  run: RunSummary;
  /** How many forks it is away from a run that is not one. */
  depth: number;
}

/** `runs` newest first. A fork whose parent is not listed stands by itself. */
export function runTree(runs: readonly RunSummary[]): ListedRun[] {
  const known = new Set(runs.map((run) => run.execution));
  const forks = new Map<string, RunSummary[]>();
  const roots: RunSummary[] = [];
  for (const run of runs) {
    const { parent } = run;
    if (parent === null || !known.has(parent)) roots.push(run);
    else forks.set(parent, [...(forks.get(parent) ?? []), run]);
  }
  const listed: ListedRun[] = [];
  const open = roots.map((run) => ({ run, depth: 0 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    listed.push(next);
    const { run, depth } = next;
    // The last one pushed is listed first: the oldest fork stands next to its parent.
    for (const fork of forks.get(run.execution) ?? []) open.push({ run: fork, depth: depth + 1 });
  }
  return listed;
}
