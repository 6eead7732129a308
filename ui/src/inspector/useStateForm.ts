// The form of a state, asked for again with each analysis; the one before stays until the new one is there. While
// somebody types in the code, it waits for a pause: it would be drawn anew between any two keys.
import { useEffect, useRef, useState } from "react";
import type { OpenDocument } from "../session/document";
import { useSession, useSignal } from "../session/hooks";
import type { StateForm } from "../transport/contract";

export type Asked =
  | { kind: "loading" }
  | { kind: "form"; form: StateForm }
  | { kind: "failed"; message: string };

/** Analyses that follow each other faster than this, in ms, come from somebody who types. */
const PAUSE = 150;

/** The text has lost it since it was selected; the next analysis tells what is selected now. */
const GONE: Asked = { kind: "failed", message: "There is no such state in the definition any more." };

export function useStateForm(document: OpenDocument, state: string): Asked {
  const { transport } = useSession();
  const analysis = useSignal(document.analysis);
  const [asked, setAsked] = useState<Asked>({ kind: "loading" });
  const last = useRef({ state: "", at: Number.NEGATIVE_INFINITY });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new analysis says that there is more to know
  useEffect(() => {
    let stale = false;
    const ask = () =>
      transport
        .call("document.state", { document: document.path, state })
        .then(({ form }): Asked => (form ? { kind: "form", form } : GONE))
        .catch((thrown): Asked => {
          return { kind: "failed", message: thrown instanceof Error ? thrown.message : String(thrown) };
        })
        .then((answer) => !stale && setAsked(answer));
    const now = performance.now();
    const typing = last.current.state === state && now - last.current.at < PAUSE;
    last.current = { state, at: now };
    const timer = setTimeout(ask, typing ? PAUSE : 0);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [transport, document, state, analysis]);
  return asked;
}
