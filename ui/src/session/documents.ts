// The open documents, and everything that changes their text: gestures, fixes, undo, save.
import type {
  DocumentStatus,
  DocumentView,
  Edit,
  Edited,
  Keep,
  Place,
  StudioEvent,
} from "../transport/contract";
import { CallFailure, type Transport } from "../transport/transport";
import { OpenDocument } from "./document";
import type { NewState } from "./flowStates";
import type { Selection } from "./selection";
import { Signal } from "./signal";

export type CurrentDocument =
  | { kind: "none" }
  | { kind: "loading"; path: string }
  | { kind: "failed"; path: string; failure: CallFailure }
  | { kind: "open"; document: OpenDocument };

export class Documents {
  readonly current = new Signal<CurrentDocument>({ kind: "none" });
  /** The state that was copied last, for where the clipboard may not be read. */
  readonly copied = new Signal<string | null>(null);
  private readonly open = new Map<string, OpenDocument>();
  /** Documents whose analysis is asked for as a whole, and whether there was more news meanwhile. */
  private readonly behind = new Map<OpenDocument, boolean>();

  constructor(
    private readonly transport: Transport,
    private readonly selection: Selection,
    private readonly report: (failure: CallFailure) => void,
    private readonly view: string = crypto.randomUUID(),
  ) {}

  /** The document in front, if one is open. */
  get front(): OpenDocument | null {
    const current = this.current.get();
    return current.kind === "open" ? current.document : null;
  }

  async show(path: string): Promise<void> {
    const known = this.open.get(path);
    if (known) return this.current.set({ kind: "open", document: known });
    this.current.set({ kind: "loading", path });
    try {
      const view = await this.transport.call("document.open", { document: path });
      const document = this.adopt(view);
      // The user may have gone elsewhere meanwhile.
      const current = this.current.get();
      if (current.kind === "loading" && current.path === path) this.current.set({ kind: "open", document });
    } catch (thrown) {
      this.current.set({ kind: "failed", path, failure: CallFailure.from(thrown) });
    }
  }

  closeAll(): void {
    for (const document of this.open.values()) document.close();
    this.open.clear();
    this.current.set({ kind: "none" });
  }

  /** After a reconnection. */
  async resume(): Promise<void> {
    for (const document of this.open.values()) {
      try {
        document.resume(await this.transport.call("document.open", { document: document.path }));
      } catch (thrown) {
        this.report(CallFailure.from(thrown));
      }
    }
  }

  receive(event: StudioEvent): void {
    if (event.event === "documentChanged") this.open.get(event.document)?.receive(event);
    else if (event.event === "documentStatus") {
      const { event: _, ...status } = event;
      this.open.get(event.document)?.stands(status);
    } else if (event.event === "documentAnalysed") {
      const document = this.open.get(event.document);
      if (!document) return;
      if (!document.analysed(event)) void this.catchUp(document);
      else if (document === this.front) this.selection.prune(document);
    }
  }

  edit(edit: Edit): Promise<boolean> {
    return this.gesture((document) => this.transport.call("document.edit", { document, edit }));
  }

  insert(place: Place, { stateType, function: func = null, action = null }: NewState): Promise<boolean> {
    return this.edit({ kind: "insertState", place, stateType, name: null, function: func, action });
  }

  /** Why it can't have that name, for the field in which it was typed; null when it has it now. */
  async rename(state: string, to: string): Promise<CallFailure | null> {
    const edit: Edit = { kind: "renameState", state, to };
    return this.tried(async (document) =>
      this.edited(document, await this.transport.call("document.edit", { document: document.path, edit })),
    );
  }

  remove(state: string): Promise<boolean> {
    return this.edit({ kind: "deleteState", state });
  }

  /** A state as JSON text, for the clipboard; null, and a notice, where it can't be had. */
  async textOf(state: string): Promise<string | null> {
    let text: string | null = null;
    await this.attempt(async (document) => {
      const { form } = await this.transport.call("document.state", { document: document.path, state });
      text = form?.json ?? null;
    });
    if (text !== null) this.copied.set(text);
    return text;
  }

  /** `text`: what the clipboard has. Goes behind a state, else to the beginning. */
  paste(text: string, after: string | null): Promise<boolean> {
    const place: Place =
      after === null ? { kind: "beforeStart", scope: "" } : { kind: "after", state: after };
    return this.edit({ kind: "pasteState", place, text });
  }

  /** `value` is JSON text; null removes the field. */
  setField(state: string | null, pointer: string, value: string | null): Promise<boolean> {
    return this.edit({ kind: "setField", state, pointer, value });
  }

  /** `diagnostic` is its number in the analysis of `version`. */
  fix(version: number, diagnostic: number): Promise<boolean> {
    return this.gesture((document) => this.transport.call("document.fix", { document, version, diagnostic }));
  }

  undo(): Promise<boolean> {
    return this.gesture((document) => this.transport.call("document.undo", { document }));
  }

  redo(): Promise<boolean> {
    return this.gesture((document) => this.transport.call("document.redo", { document }));
  }

  save(): Promise<boolean> {
    return this.statusCall((document) => this.transport.call("document.save", { document }));
  }

  /** Writes the text of the document in front into another file; answers where. Rejects with why not. */
  async copy(path: string, overwrite: boolean): Promise<string> {
    const document = this.front;
    await document?.flush();
    const request = { document: document?.path ?? "", path, overwrite };
    return (await this.transport.call("document.copy", request)).path;
  }

  /** Lets go of the document in front, whose file is gone, and of what was not saved of it. */
  discard(): Promise<boolean> {
    return this.attempt(async (document) => {
      await this.transport.call("document.discard", { document: document.path });
      document.close();
      this.open.delete(document.path);
    });
  }

  resolve(keep: Keep): Promise<boolean> {
    return this.statusCall((document) => this.transport.call("document.resolve", { document, keep }));
  }

  private gesture(call: (path: string) => Promise<Edited>): Promise<boolean> {
    return this.attempt(async (document) => this.edited(document, await call(document.path)));
  }

  private edited(document: OpenDocument, edited: Edited): void {
    // Somebody else has changed the text since, and the page has heard of that first.
    if (document.isPast(edited.version)) return;
    document.stands(edited.status);
    if (edited.select !== null && document === this.front)
      this.selection.select(edited.select, edited.version);
  }

  private statusCall(call: (path: string) => Promise<DocumentStatus>): Promise<boolean> {
    return this.attempt(async (document) => document.stands(await call(document.path)));
  }

  /** Acts; false, and a notice, when the core refuses. */
  private async attempt(act: (document: OpenDocument) => Promise<void>): Promise<boolean> {
    if (!this.front) return false;
    const failure = await this.tried(act);
    if (failure) this.report(failure);
    return failure === null;
  }

  /** Waits for the typing to arrive, then acts; answers why the core refuses, if it does. */
  private async tried(act: (document: OpenDocument) => Promise<void>): Promise<CallFailure | null> {
    const document = this.front;
    if (!document) return null;
    try {
      await document.flush();
      await act(document);
      return null;
    } catch (thrown) {
      return CallFailure.from(thrown);
    }
  }

  /** The news was about another analysis than the one here: takes the whole. */
  private async catchUp(document: OpenDocument): Promise<void> {
    const asked = this.behind.has(document);
    this.behind.set(document, asked);
    if (asked) return;
    try {
      do {
        this.behind.set(document, false);
        const view = await this.transport.call("document.open", { document: document.path });
        document.understood(view.analysis);
      } while (this.behind.get(document));
    } catch (thrown) {
      this.report(CallFailure.from(thrown));
    } finally {
      this.behind.delete(document);
    }
    if (document === this.front) this.selection.prune(document);
  }

  private adopt(view: DocumentView): OpenDocument {
    const document = new OpenDocument(view, this.transport, this.view, this.report);
    this.open.set(view.document, document);
    return document;
  }
}
