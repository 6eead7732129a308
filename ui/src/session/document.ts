// One open document: its text as this page sees it, and how it converges with the core's.
//
//   confirmed text ──inFlight──▶ sent, not yet heard back ──pending──▶ what the page shows
//
// The core is the authority: its changes are applied strictly in the order of versions. What this page has typed
// since is carried over them (`ChangeSet.map`). One change is in flight at a time.
import { ChangeSet, type Text } from "@codemirror/state";
import type {
  DiagnosticView,
  DiagramView,
  DocumentAnalysed,
  DocumentAnalysis,
  DocumentChanged,
  DocumentStatus,
  DocumentView,
  StateView,
} from "../transport/contract";
import { CallFailure, type Transport } from "../transport/transport";
import { factsOf, type StateFacts, statesAfter } from "./analysis";
import { difference, sameChanges, toChangeSet, toChanges, toText } from "./changes";
import { KeyedSignal, Signal, same } from "./signal";

/** A change that did not come from the editor: apply it to what the editor shows. */
export type RemoteListener = (changes: ChangeSet) => void;

export class OpenDocument {
  readonly path: string;
  readonly format: string;
  readonly status: Signal<DocumentStatus>;
  readonly analysis: Signal<DocumentAnalysis>;
  /** Keeps its identity while the drawing stays the same. */
  readonly diagram: Signal<DiagramView>;
  /** The states of the analysis by key, for what shows one of them: not woken by a state that only moved in the text. */
  readonly states = new KeyedSignal<StateFacts>();
  /** Text as this page shows it. */
  readonly text: Signal<Text>;

  /** Where each state stands in the list of the analysis. */
  private places = new Map<string, number>();
  private version: number;
  private confirmed: Text;
  private inFlight: ChangeSet | null = null;
  private pending: ChangeSet | null = null;
  private readonly waiting = new Map<number, DocumentChanged>();
  private readonly remote = new Set<RemoteListener>();
  private settled: (() => void)[] = [];
  private closed = false;

  constructor(
    view: DocumentView,
    private readonly transport: Transport,
    /** Who types: tells our own changes from others'. */
    private readonly author: string,
    private readonly failed: (failure: CallFailure) => void,
  ) {
    this.path = view.document;
    this.format = view.format;
    this.version = view.version;
    this.confirmed = toText(view.text);
    this.text = new Signal(this.confirmed);
    this.status = new Signal(view.status);
    this.analysis = new Signal(view.analysis);
    this.diagram = new Signal(view.analysis.diagram);
    this.understood(view.analysis);
  }

  /** Everything that was typed has reached the core. */
  get isSettled(): boolean {
    return this.inFlight === null && this.pending === null;
  }

  state(key: string): StateView | undefined {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.analysis.get().states[place];
  }

  /** The editor typed: already in its view, and now in ours. */
  type(changes: ChangeSet): void {
    if (changes.empty) return;
    this.text.set(changes.apply(this.text.get()));
    this.pending = this.pending ? this.pending.compose(changes) : changes;
    this.send();
  }

  onRemote(listener: RemoteListener): () => void {
    this.remote.add(listener);
    return () => this.remote.delete(listener);
  }

  /** Resolves once the core has all that was typed: gestures, undo and save come after it. */
  flush(): Promise<void> {
    if (this.isSettled || this.closed) return Promise.resolve();
    return new Promise((done) => this.settled.push(done));
  }

  /** A position of the analysis, in the text as it is shown; null when the analysis is of another version. */
  shown(version: number, offset: number, side = 1): number | null {
    if (version !== this.version) return null;
    const sent = this.inFlight ? this.inFlight.mapPos(offset, side) : offset;
    return this.pending ? this.pending.mapPos(sent, side) : sent;
  }

  /** Diagnostics where they stand in the shown text; null while the core is behind. */
  shownDiagnostics(): DiagnosticView[] | null {
    const { version, diagnostics } = this.analysis.get();
    if (version !== this.version) return null;
    return diagnostics.map((diagnostic) => ({
      ...diagnostic,
      from: this.shown(version, diagnostic.from, 1) ?? diagnostic.from,
      to: this.shown(version, diagnostic.to, -1) ?? diagnostic.to,
    }));
  }

  receive(event: DocumentChanged): void {
    if (event.baseVersion < this.version) return;
    this.waiting.set(event.baseVersion, event);
    for (let next = this.waiting.get(this.version); next; next = this.waiting.get(this.version)) {
      this.waiting.delete(next.baseVersion);
      this.apply(toChangeSet(next.changes, this.confirmed.length), next.origin === this.author);
      this.version = next.version;
    }
    this.send();
  }

  /** Whether the text here is newer than a version. */
  isPast(version: number): boolean {
    return this.version > version;
  }

  /** Takes how it stands: the core says so with every key, and seldom anything new. */
  stands(status: DocumentStatus): void {
    if (!same(status, this.status.get())) this.status.set(status);
  }

  /** Takes what is new to who has the analysis before; false where that one is not here. Stale news is dropped. */
  analysed(news: DocumentAnalysed): boolean {
    const now = this.analysis.get();
    if (news.version <= now.version) return true;
    const { document, version, queryLanguage, diagnostics } = news;
    if (news.states.kind === "differ" && news.states.base !== now.version) return false;
    const states = statesAfter(now.states, news.states);
    const diagram = news.diagram ?? now.diagram;
    const analysis = { document, version, queryLanguage, diagnostics, states, diagram };
    if (news.states.kind === "whole") this.understood(analysis);
    else {
      this.states.merge(news.states.changed.map(({ state }) => [state.key, factsOf(state)]));
      this.show(analysis);
    }
    return true;
  }

  /** Takes an analysis as a whole. */
  understood(analysis: DocumentAnalysis): void {
    this.places = new Map(analysis.states.map((state, place) => [state.key, place]));
    this.states.replace(analysis.states.map((state) => [state.key, factsOf(state)]));
    this.show(analysis);
  }

  private show(analysis: DocumentAnalysis): void {
    if (!same(analysis.diagram, this.diagram.get())) this.diagram.set(analysis.diagram);
    this.analysis.set(analysis);
  }

  /** After a lost connection: takes the core's text, and keeps what was typed and never arrived. */
  resume(view: DocumentView): void {
    const text = toText(view.text);
    this.waiting.clear();
    const arrived = this.inFlight?.apply(this.confirmed).eq(text) ?? false;
    this.apply(difference(this.confirmed, text), arrived);
    if (this.inFlight) this.pending = this.pending ? this.inFlight.compose(this.pending) : this.inFlight;
    this.inFlight = null;
    this.version = view.version;
    this.stands(view.status);
    this.understood(view.analysis);
    this.send();
  }

  close(): void {
    this.closed = true;
    this.release();
  }

  private apply(changes: ChangeSet, own: boolean): void {
    const shown = own && this.inFlight ? this.acknowledge(this.inFlight, changes) : this.carryOver(changes);
    this.confirmed = changes.apply(this.confirmed);
    if (shown.empty) return;
    this.text.set(shown.apply(this.text.get()));
    for (const listener of this.remote) listener(shown);
  }

  /** Our own change comes back. Where the core placed it elsewhere than we did, the difference is a remote change. */
  private acknowledge(inFlight: ChangeSet, arrived: ChangeSet): ChangeSet {
    const correction = sameChanges(inFlight, arrived)
      ? ChangeSet.empty(inFlight.newLength)
      : inFlight.invert(this.confirmed).compose(arrived);
    this.inFlight = null;
    if (!this.pending) return correction;
    const shown = correction.map(this.pending, true);
    this.pending = this.pending.map(correction);
    return shown;
  }

  private carryOver(changes: ChangeSet): ChangeSet {
    let shown = changes;
    if (this.inFlight) {
      const over = this.inFlight;
      this.inFlight = over.map(shown);
      shown = shown.map(over, true);
    }
    if (this.pending) {
      const over = this.pending;
      this.pending = over.map(shown);
      shown = shown.map(over, true);
    }
    return shown;
  }

  private send(): void {
    if (this.closed || this.inFlight) return;
    if (!this.pending || this.pending.empty) {
      this.pending = null;
      this.release();
      return;
    }
    this.inFlight = this.pending;
    this.pending = null;
    const params = {
      document: this.path,
      baseVersion: this.version,
      changes: toChanges(this.inFlight),
      view: this.author,
    };
    // The answer alone changes nothing: the event does, in its turn among the others.
    this.transport.call("document.change", params).catch((thrown) => this.reload(CallFailure.from(thrown)));
  }

  private async reload(failure: CallFailure): Promise<void> {
    // No answer at all: the reconnection resumes.
    if (failure.code === "transport.failed" || this.closed) return;
    this.failed(failure);
    try {
      const view = await this.transport.call("document.open", { document: this.path });
      this.takeText(view);
    } catch (thrown) {
      this.failed(CallFailure.from(thrown));
    }
  }

  /** The core refused what was typed: its text replaces ours, else the same refusal would come for ever. */
  private takeText(view: DocumentView): void {
    const text = toText(view.text);
    const shown = difference(this.text.get(), text);
    this.inFlight = null;
    this.pending = null;
    this.confirmed = text;
    this.version = view.version;
    this.waiting.clear();
    this.text.set(text);
    if (!shown.empty) for (const listener of this.remote) listener(shown);
    this.stands(view.status);
    this.understood(view.analysis);
    this.release();
  }

  private release(): void {
    const settled = this.settled;
    this.settled = [];
    for (const done of settled) done();
  }
}
