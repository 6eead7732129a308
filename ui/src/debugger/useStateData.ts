// The data of the selected state's visit, asked for again as the run goes on. Answers that come late are dropped.
import { useEffect, useState } from "react";
import { useSession, useSignal } from "../session/hooks";
import type { Visit } from "../session/run";
import type { StateData } from "../transport/contract";

export type Asked =
  | { kind: "loading" }
  | { kind: "data"; data: StateData }
  | { kind: "none"; message: string };

export function useStateData(state: string): Asked {
  const { run, transport } = useSession();
  const execution = useSignal(run.head)?.execution ?? null;
  const progress = useSignal(run.progress);
  const picked = useSignal(run.visit);
  const scope = useSignal(run.scope);
  const paused = useSignal(run.paused);
  const mine = picked?.state === state ? picked : null;
  const { frame, visit } = mine ?? whereToLook(state, scope?.frame ?? null, paused);
  const [asked, setAsked] = useState<Asked>({ kind: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress says that there may be more
  useEffect(() => {
    if (execution === null) return;
    let stale = false;
    const ask = () =>
      transport
        .call("run.data", { execution, state, frame, visit })
        .then((data): Asked => ({ kind: "data", data }))
        .catch(
          (thrown): Asked => ({
            kind: "none",
            message: thrown instanceof Error ? thrown.message : String(thrown),
          }),
        )
        .then((answer) => !stale && setAsked(answer));
    // A run in full swing grows 60 times a second; reading it so often helps nobody.
    const timer = setTimeout(ask, 40);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [transport, execution, state, frame, visit, progress]);
  return asked;
}

function whereToLook(
  state: string,
  scope: number | null,
  paused: { frame: number; state: string | null } | null,
): Omit<Visit, "state"> {
  return { frame: paused?.state === state ? paused.frame : scope, visit: null };
}
