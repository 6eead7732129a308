// The state that is selected, the same in canvas, code, inspector and timeline.
import type { OpenDocument } from "./document";
import { Signal } from "./signal";

export interface Selected {
  /** The state's key. */
  state: string;
  /** Grows when a view should scroll the state into sight, even if it was selected before. */
  reveal: number;
}

export class Selection {
  readonly current = new Signal<Selected | null>(null);
  /** The state whose name is a field just now. */
  readonly renaming = new Signal<string | null>(null);
  /** A range of the text (UTF-16, as shown) that the code should bring to the front. */
  readonly place = new Signal<{ from: number; to: number } | null>(null);
  private reveals = 0;
  /** The analysis that has to know the state: earlier ones may not, for it has just been made or renamed. */
  private since = 0;

  get state(): string | null {
    return this.current.get()?.state ?? null;
  }

  /** Selects and scrolls into sight. `version`: the first version of the document that has this state. */
  select(state: string | null, version = 0): void {
    this.since = version;
    this.current.set(state === null ? null : { state, reveal: ++this.reveals });
  }

  /** Selects where the user already looks: nothing scrolls. */
  touch(state: string | null): void {
    if (state === this.state) return;
    this.since = 0;
    this.current.set(state === null ? null : { state, reveal: this.reveals });
  }

  /** Sends the code to a place of the text, such as a problem's. */
  goTo(from: number, to: number): void {
    this.place.set({ from, to });
  }

  /** Forgets a state that is gone. */
  prune(document: OpenDocument): void {
    const state = this.state;
    if (state === null || document.analysis.get().version < this.since) return;
    if (!document.state(state)) this.current.set(null);
  }
}
