// An execution's own clock, between two answers of the core: it goes on while the run runs, and stands while it is held.

export class ExecutionClock {
  private base = 0;
  private since: number | null = null;

  constructor(private readonly wall: () => number = () => performance.now()) {}

  /** Milliseconds since the Unix epoch, as the execution sees it. */
  set(now: number, running: boolean): void {
    this.base = now;
    this.since = running ? this.wall() : null;
  }

  now(): number {
    return this.since === null ? this.base : this.base + (this.wall() - this.since);
  }
}
