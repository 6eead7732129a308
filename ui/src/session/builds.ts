// Packages that functions need and nobody has installed: the question before a run, and the installing.
import type { BuildView } from "../transport/contract";
import { CallFailure, type Transport } from "../transport/transport";
import { Signal } from "./signal";

/** A wish to run that waits for packages, or for the user to go on without them. */
export interface BuildQuestion {
  builds: BuildView[];
  /** The last line of the package manager while it works; null while nothing is installed. */
  progress: string | null;
  /** Why the last try failed. */
  failure: CallFailure | null;
}

export class Builds {
  readonly question = new Signal<BuildQuestion | null>(null);
  private resolve: ((goesOn: boolean) => void) | null = null;

  constructor(private readonly transport: Transport) {}

  /** Asks the user; false when the run is given up. */
  ask(builds: BuildView[]): Promise<boolean> {
    this.question.set({ builds, progress: null, failure: null });
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  async install(): Promise<void> {
    this.update({ progress: "", failure: null });
    try {
      await this.transport.call("functions.build", { allow: true });
      this.settle(true);
    } catch (thrown) {
      const failure = CallFailure.from(thrown);
      this.update({ progress: null, failure: failure.code === "build.cancelled" ? null : failure });
    }
  }

  /** Goes on without the packages; a function that needs one fails and says so. */
  async decline(): Promise<void> {
    try {
      await this.transport.call("functions.build", { allow: false });
      this.settle(true);
    } catch (thrown) {
      this.update({ progress: null, failure: CallFailure.from(thrown) });
    }
  }

  /** Stops the installing, or else gives up the run. */
  async leave(): Promise<void> {
    if (this.question.get()?.progress === null) return this.settle(false);
    await this.transport.call("functions.cancelBuild", {});
  }

  receive(line: string): void {
    if (this.question.get()?.progress !== null) this.update({ progress: line });
  }

  private update(change: Partial<BuildQuestion>): void {
    this.question.update((question) => question && { ...question, ...change });
  }

  private settle(goesOn: boolean): void {
    this.question.set(null);
    this.resolve?.(goesOn);
    this.resolve = null;
  }
}
