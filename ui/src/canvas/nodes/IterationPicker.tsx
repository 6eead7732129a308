// Which iteration of a Map the canvas looks into: all of them together, or one.
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { duration } from "../../design/amounts";
import { Menu, type MenuItem } from "../../design/Menu";
import { statusTitle } from "../../design/Status";
import type { OpenDocument } from "../../session/document";
import { useSession, useSignal } from "../../session/hooks";
import type { DiagramView, Iterations } from "../../transport/contract";
import styles from "./IterationPicker.module.css";

const MOST = 200;

export function IterationPicker({ document, stateKey }: { document: OpenDocument; stateKey: string }) {
  const session = useSession();
  const scope = useSignal(session.run.scope);
  const [known, setKnown] = useState<Iterations | null>(null);
  const mine = scope?.state === stateKey ? scope : null;

  const load = () => {
    const execution = session.run.execution;
    if (execution === null) return;
    void session.attempt(async () => {
      const asked = { execution, state: stateKey, from: 0, limit: MOST };
      setKnown(await session.transport.call("run.iterations", asked));
    });
  };

  const rows: MenuItem[] = (known?.iterations ?? []).map(({ index, frame, status, duration: took }) => ({
    title: `Iteration ${index}`,
    note: took === null ? statusTitle(status) : `${statusTitle(status)} · ${duration(took)}`,
    onSelect: () =>
      session.run.lookInto({ frame, state: stateKey, index }, within(document.diagram.get(), stateKey)),
  }));
  const more = known && known.total > MOST ? [{ heading: `… and ${known.total - MOST} more` }] : [];
  const items: MenuItem[] = [
    { title: "All iterations", onSelect: () => session.run.lookInto(null) },
    "line",
    ...(known ? rows : [{ heading: "Asking…" }]),
    ...more,
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

/** The states in a room, and in the rooms in it; a room comes before what lies in it. */
function within(diagram: DiagramView, room: string): Set<string> {
  const keys = new Set<string>();
  for (const { key, parent } of diagram.nodes) {
    if (parent !== null && (parent === room || keys.has(parent))) keys.add(key);
  }
  return keys;
}
