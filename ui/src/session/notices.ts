// Short messages for the user: refusals of the core, and what it has to say.
import type { Severity } from "../transport/contract";
import type { CallFailure } from "../transport/transport";
import { Signal } from "./signal";

export interface Notice {
  id: number;
  severity: Severity;
  message: string;
  hint: string | null;
  /** What can be done about it at once. */
  action: NoticeAction | null;
}

export interface NoticeAction {
  title: string;
  act(): void;
}

const MOST = 3;

export class Notices {
  readonly list = new Signal<readonly Notice[]>([]);
  private last = 0;

  readonly add = (
    severity: Severity,
    message: string,
    hint: string | null = null,
    action: NoticeAction | null = null,
  ): void => {
    const notice = { id: ++this.last, severity, message, hint, action };
    const others = this.list.get().filter((other) => other.message !== message);
    this.list.set([...others, notice].slice(-MOST));
  };

  readonly report = (failure: CallFailure, action: NoticeAction | null = null): void =>
    this.add("error", failure.message, failure.hint, action);

  dismiss(id: number): void {
    this.list.update((list) => list.filter((notice) => notice.id !== id));
  }
}
