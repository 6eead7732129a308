// The core over HTTP, as `stepwell studio` serves it: calls by POST, events as lines of a fetch stream.
import type { StudioEvent } from "./contract";
import { lines } from "./lines";
import {
  CallFailure,
  type Listener,
  type Method,
  type Params,
  type Result,
  type Transport,
} from "./transport";

export interface HttpOptions {
  token: string | null;
  /** Called when the studio refuses the token. */
  refused(): void;
  fetch?: typeof fetch;
  /** Waits before a reconnection; an argument so that tests need no clock. */
  pause?: (ms: number) => Promise<void>;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

export class HttpTransport implements Transport {
  readonly dialogs = null;
  private readonly fetch: typeof fetch;
  private readonly pause: (ms: number) => Promise<void>;

  constructor(private readonly options: HttpOptions) {
    this.fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.pause = options.pause ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
  }

  async call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    try {
      const response = await this.fetch("/api/call", {
        method: "POST",
        headers: { ...this.headers(), "Content-Type": "application/json" },
        body: JSON.stringify({ method, params }),
      });
      if (response.status === 401) this.options.refused();
      const answer = await response.json();
      if ("error" in answer) throw new CallFailure(answer.error);
      return answer.result;
    } catch (thrown) {
      throw CallFailure.from(thrown);
    }
  }

  subscribe(listener: Listener): () => void {
    const stop = new AbortController();
    if (this.options.token === null) listener.connection("unauthorised");
    else void this.listen(listener, stop.signal);
    return () => stop.abort();
  }

  private async listen(listener: Listener, signal: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE;
    listener.connection("connecting");
    while (!signal.aborted) {
      const outcome = await this.listenOnce(listener, signal);
      if (signal.aborted) return;
      if (outcome === "unauthorised") {
        this.options.refused();
        listener.connection("unauthorised");
        return;
      }
      listener.connection("offline");
      if (outcome === "ended") pause = FIRST_PAUSE;
      await this.pause(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  private async listenOnce(
    listener: Listener,
    signal: AbortSignal,
  ): Promise<"ended" | "failed" | "unauthorised"> {
    let connected = false;
    try {
      const response = await this.fetch("/api/events", { headers: this.headers(), signal });
      if (response.status === 401) return "unauthorised";
      if (!response.ok || !response.body) return "failed";
      connected = true;
      listener.connection("online");
      for await (const line of lines(response.body)) {
        if (line.trim() !== "") listener.events(JSON.parse(line) as StudioEvent[]);
      }
    } catch {
      // The stream broke: the caller says so and tries again.
    }
    return connected ? "ended" : "failed";
  }

  private headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.options.token ?? ""}` };
  }
}
