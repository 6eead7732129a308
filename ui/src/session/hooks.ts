// React's view of the stores: the only file here that knows React.
import { createContext, useCallback, useContext, useEffect, useReducer, useSyncExternalStore } from "react";
import type { Breakpoint, StateRun } from "../transport/contract";
import type { OpenDocument } from "./document";
import type { Session } from "./session";
import type { KeyedSignal, Signal } from "./signal";

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("No session around this component.");
  return session;
}

export function useSignal<T>(signal: Signal<T>): T {
  return useSyncExternalStore(signal.subscribe, signal.get);
}

export function useKeyed<T>(signal: KeyedSignal<T>, key: string): T | undefined {
  const subscribe = useCallback((wake: () => void) => signal.subscribe(key, wake), [signal, key]);
  return useSyncExternalStore(subscribe, () => signal.get(key));
}

/** The document in front, or null while there is none. */
export function useDocument(): OpenDocument | null {
  const current = useSignal(useSession().documents.current);
  return current.kind === "open" ? current.document : null;
}

export function useStateRun(key: string): StateRun | undefined {
  return useKeyed(useSession().run.states, key);
}

export function useStateBreakpoints(key: string): readonly Breakpoint[] {
  return useKeyed(useSession().breakpoints.byState, key) ?? NO_BREAKPOINTS;
}

const NO_BREAKPOINTS: readonly Breakpoint[] = [];

/** Draws the component again every so often while something counts down. */
export function useTick(active: boolean, every = 250): void {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(tick, every);
    return () => clearInterval(timer);
  }, [active, every]);
}
