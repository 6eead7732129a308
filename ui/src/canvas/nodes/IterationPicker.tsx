// Which iteration of a Map the canvas looks into: all of them together, or one.
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { duration } from "../../design/amounts";
import { Menu, type MenuItem } from "../../design/Menu";
import { statusTitle } from "../../design/Status";
import type { OpenDocument } from "../../session/document";
import { useSession, useSignal } from "../../session/hooks";
import { iterationsOf, lookInto, MOST_ITERATIONS } from "../../session/iterations";
import type { Iterations } from "../../transport/contract";
import styles from "./IterationPicker.module.css";

export function IterationPicker({ document, stateKey }: { document: OpenDocument; stateKey: string }) {
  const session = useSession();
  const scope = useSignal(session.run.scope);
  const [known, setKnown] = useState<Iterations | null>(null);
  const mine = scope?.state === stateKey ? scope : null;
  const load = () => void session.attempt(async () => setKnown(await iterationsOf(session, stateKey, null)));
  const rows: MenuItem[] = (known?.iterations ?? []).map(({ index, frame, status, duration: took }) => ({
    title: `Iteration ${index}`,
    note: took === null ? statusTitle(status) : `${statusTitle(status)} · ${duration(took)}`,
    onSelect: () => lookInto(session, document, stateKey, { frame, index }),
  }));
  const unlisted = known ? known.total - MOST_ITERATIONS : 0;
  const items: MenuItem[] = [
    { title: "All iterations", onSelect: () => lookInto(session, document, stateKey, null) },
    "line",
    ...(known ? rows : [{ heading: "Asking…" }]),
    ...(unlisted > 0 ? [{ heading: `… and ${unlisted} more` }] : []),
  ];
  return (
    <Menu items={items}>
      <button
        type="button"
        tabIndex={-1}
        className={styles.picker}
        onPointerDown={load}
        onClick={(event) => event.stopPropagation()}
      >
        {mine ? `Iteration ${mine.index}` : "All iterations"}
        <ChevronDown size={12} strokeWidth={2} aria-hidden />
      </button>
    </Menu>
  );
}
