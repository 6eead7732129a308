// The form of a state, asked for again with each analysis; the one before stays until the new one is there.
import { useEffect, useState } from "react";
import type { OpenDocument } from "../session/document";
import { useSession, useSignal } from "../session/hooks";
import type { StateForm } from "../transport/contract";

export type Asked =
  | { kind: "loading" }
  | { kind: "form"; form: StateForm }
  | { kind: "failed"; message: string };

export function useStateForm(document: OpenDocument, state: string): Asked {
  const { transport } = useSession();
  const analysis = useSignal(document.analysis);
  const [asked, setAsked] = useState<Asked>({ kind: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new analysis says that there is more to know
  useEffect(() => {
    let stale = false;
    transport
      .call("document.state", { document: document.path, state })
      .then((form): Asked => ({ kind: "form", form }))
      .catch((thrown): Asked => {
        return { kind: "failed", message: thrown instanceof Error ? thrown.message : String(thrown) };
      })
      .then((answer) => !stale && setAsked(answer));
    return () => {
      stale = true;
    };
  }, [transport, document, state, analysis]);
  return asked;
}
