// Numbers as people read them: durations, sizes, moments.

/** `0 ms`, `41 ms`, `1.20 s`, `12.3 s`, `2 min 5 s`, `1 h 4 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(2)} s`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** What is left of a wait: tenths below ten seconds, then seconds. */
export function countdown(ms: number): string {
  const left = Math.max(0, ms);
  if (left < 10_000) return `${(Math.ceil(left / 100) / 10).toFixed(1)} s`;
  return duration(Math.ceil(left / 1_000) * 1_000).replace(".0 s", " s");
}

/** `312 B`, `1.5 KB`, `2.4 MB`. */
export function bytes(count: number): string {
  if (count < 1_024) return `${count} B`;
  if (count < 1_048_576) return `${(count / 1_024).toFixed(1)} KB`;
  return `${(count / 1_048_576).toFixed(1)} MB`;
}

/** Seconds since the start of a run: `1.651`. */
export function moment(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
