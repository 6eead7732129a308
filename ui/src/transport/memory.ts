// A core in memory: tests say what each method answers and which events come.
import type { StudioEvent } from "./contract";
import {
  CallFailure,
  type Listener,
  type Method,
  type Params,
  type Result,
  type Transport,
} from "./transport";

export type Handlers = { [M in Method]?: (params: Params<M>) => Result<M> | Promise<Result<M>> };

export class MemoryTransport implements Transport {
  readonly dialogs = null;
  readonly calls: { method: Method; params: unknown }[] = [];
  private readonly listeners = new Set<Listener>();

  constructor(readonly handlers: Handlers = {}) {}

  async call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    this.calls.push({ method, params });
    const handler = this.handlers[method] as ((params: Params<M>) => Result<M>) | undefined;
    if (!handler) throw new CallFailure({ code: "method.unknown", message: `No answer to ${method}.` });
    return handler(params);
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    listener.connection("online");
    return () => this.listeners.delete(listener);
  }

  emit(...batch: StudioEvent[]): void {
    for (const listener of this.listeners) listener.events(batch);
  }
}
