// Everything that a state's node shows, from the stores, woken only by its own state.
import {
  useKeyed,
  useSession,
  useSignal,
  useStateBreakpoints,
  useStateRun,
  useTick,
} from "../../session/hooks";
import type { NodeData } from "../graph";
import { useSelected } from "../useSelected";
import { pillText, ticks } from "./status";

export function useNode({ document, key }: NodeData) {
  const session = useSession();
  const state = useKeyed(document.states, key);
  const run = useStateRun(key);
  const head = useSignal(session.run.head);
  const breakpoints = useStateBreakpoints(key);
  const selected = useSelected(key);
  useTick(ticks(run) && head?.status === "running");
  const inRun = head !== null && head.document === document.path;
  const shown = inRun ? run : undefined;
  return {
    state,
    name: state?.name ?? key,
    run: shown,
    pill: shown ? pillText(shown, session.run.clock.now()) : null,
    breakpoints,
    selected,
  };
}
