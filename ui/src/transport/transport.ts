// The one way to the core: a call with a typed answer, and a stream of events in batches.
import type { CallError, Methods, StudioEvent } from "./contract";

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]["params"];
export type Result<M extends Method> = Methods[M]["result"];

/** How the event stream stands. `online` comes again after each reconnection: fetch everything anew then. */
export type Connection = "connecting" | "online" | "offline" | "unauthorised";

export interface Listener {
  events(batch: StudioEvent[]): void;
  connection(state: Connection): void;
}

/** Dialogs of the operating system, where there are any. Each resolves with null when the user changes his mind. */
export interface NativeDialogs {
  openFolder(): Promise<string | null>;
  saveFile(suggestedName: string): Promise<string | null>;
}

export interface Transport {
  readonly dialogs: NativeDialogs | null;
  /** Rejects with a [`CallFailure`]. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Starts the stream; the function that comes back ends it. */
  subscribe(listener: Listener): () => void;
}

/** A refused call: `code` is stable, `message` and `hint` are for the user. */
export class CallFailure extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(error: CallError) {
    super(error.message);
    this.name = "CallFailure";
    this.code = error.code;
    this.hint = error.hint ?? null;
  }

  static from(thrown: unknown): CallFailure {
    if (thrown instanceof CallFailure) return thrown;
    if (isCallError(thrown)) return new CallFailure(thrown);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new CallFailure({ code: "transport.failed", message: `Stepwell does not answer: ${message}` });
  }
}

function isCallError(value: unknown): value is CallError {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
