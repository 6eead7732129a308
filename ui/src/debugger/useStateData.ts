// The data of the selected state's visit, asked for again as the run goes on. Answers that come late are dropped.
import { useEffect, useMemo, useState } from "react";
import { useSession, useSignal, useStateRun } from "../session/hooks";
import type { GetStateData, StateData } from "../transport/contract";

export type Asked =
  | { kind: "loading" }
  | { kind: "data"; data: StateData; of: GetStateData }
  | { kind: "none"; message: string };

const NOT_REACHED: Asked = { kind: "none", message: "The run has not reached this state." };

export function useStateData(state: string): Asked {
  const { run, transport } = useSession();
  const progress = useSignal(run.progress);
  const of = useQuestion(state);
  const [asked, setAsked] = useState<Asked>({ kind: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress says that there may be more
  useEffect(() => {
    if (of === null) return;
    let stale = false;
    const ask = () =>
      transport
        .call("run.data", of)
        .then(({ data }): Asked => (data ? { kind: "data", data, of } : NOT_REACHED))
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
  }, [transport, of, progress]);
  return of === null ? NOT_REACHED : asked;
}

/** Which data to ask for; null while there is none: the run has not reached the state. */
export function useQuestion(state: string): GetStateData | null {
  const { run } = useSession();
  const execution = useSignal(run.head)?.execution ?? null;
  const picked = useSignal(run.visit);
  useSignal(run.scope);
  useSignal(run.paused);
  const reached = useStateRun(state) !== undefined;
  const mine = picked?.state === state ? picked : null;
  const { frame, visit, attempt } = mine ?? { frame: run.frameOf(state), visit: null, attempt: null };
  return useMemo(
    () => (execution === null || !reached ? null : { execution, state, frame, visit, attempt }),
    [execution, reached, state, frame, visit, attempt],
  );
}
