// The list of runs, and how new ones start.
import type { RunSummary, RunView, StartRun } from "../transport/contract";
import { CallFailure, type Transport } from "../transport/transport";
import { Builds } from "./builds";
import { Signal } from "./signal";

/** A wish to run that waits for the user's trust in the folder. */
export interface TrustQuestion {
  willRun: string[];
  answer(trusted: boolean): void;
}

const LIST_LIMIT = 200;

export class Runs {
  readonly list = new Signal<RunSummary[] | null>(null);
  readonly question = new Signal<TrustQuestion | null>(null);
  readonly starting = new Signal(false);
  readonly builds: Builds;

  constructor(
    private readonly transport: Transport,
    private readonly trust: (trusted: boolean) => Promise<void>,
    private readonly report: (failure: CallFailure) => void,
  ) {
    this.builds = new Builds(transport);
  }

  async refresh(): Promise<void> {
    try {
      const { runs } = await this.transport.call("run.list", { workflow: null, limit: LIST_LIMIT });
      this.list.set(runs);
    } catch (thrown) {
      this.report(CallFailure.from(thrown));
    }
  }

  /** Starts a run, after asking whether the folder's code may run and what it needs be installed; null = not started. */
  async start(wish: StartRun): Promise<RunView | null> {
    this.starting.set(true);
    try {
      let started = await this.transport.call("run.start", wish);
      if (started.kind === "needsTrust") {
        if (!(await this.ask(started.willRun))) return null;
        await this.trust(true);
        started = await this.transport.call("run.start", wish);
      }
      if (started.kind === "needsBuild") {
        if (!(await this.builds.ask(started.builds))) return null;
        started = await this.transport.call("run.start", wish);
      }
      return started.kind === "running" ? started.run : null;
    } catch (thrown) {
      this.report(CallFailure.from(thrown));
      return null;
    } finally {
      this.starting.set(false);
    }
  }

  private ask(willRun: string[]): Promise<boolean> {
    return new Promise((resolve) => {
      this.question.set({
        willRun,
        answer: (trusted) => {
          this.question.set(null);
          resolve(trusted);
        },
      });
    });
  }
}
