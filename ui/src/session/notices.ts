// Short messages for the user: refusals of the core, and what it has to say.
import type { Severity } from "../transport/contract";
import type { CallFailure } from "../transport/transport";
import { Signal } from "./signal";

export interface Notice {
  id: number;
  severity: Severity;
  message: string;
  hint: string | null;
}

const MOST = 3;

export class Notices {
  readonly list = new Signal<readonly Notice[]>([]);
  private last = 0;

  readonly add = (severity: Severity, message: string, hint: string | null = null): void => {
    const notice = { id: ++this.last, severity, message, hint };
    const others = this.list.get().filter((other) => other.message !== message);
    this.list.set([...others, notice].slice(-MOST));
  };

  readonly report = (failure: CallFailure): void => this.add("error", failure.message, failure.hint);

  dismiss(id: number): void {
    this.list.update((list) => list.filter((notice) => notice.id !== id));
  }
}
