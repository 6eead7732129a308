// Which of many: the iteration of each Map around a state, its visit there, the attempt of its work.
import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { duration } from "../design/amounts";
import { IconButton } from "../design/Button";
import { Menu, type MenuItem } from "../design/Menu";
import { statusTitle } from "../design/Status";
import { useDocument, useSession } from "../session/hooks";
import { iterationsOf, lookInto, MOST_ITERATIONS } from "../session/iterations";
import type { InIteration, Iterations, StateData } from "../transport/contract";
import styles from "./DataTab.module.css";

export function Pickers({ data }: { data: StateData }) {
  const { run } = useSession();
  const { state, frame, visit } = data;
  const { attempts, attempt } = data;
  const error = attempts[attempt - 1]?.error ?? null;
  if (data.iterations.length === 0 && data.visits < 2 && attempts.length === 0) return null;
  return (
    <div className={styles.pickers}>
      {data.iterations.map((around) => (
        <IterationPicker key={around.state} around={around} />
      ))}
      {data.visits > 1 ? (
        <Stepper
          what="visit"
          at={visit}
          of={data.visits}
          onGo={(to) => run.visit.set({ state, frame, visit: to, attempt: null })}
        />
      ) : null}
      {attempts.length > 0 ? (
        <Stepper
          what="attempt"
          at={attempt - 1}
          of={attempts.length}
          note={error}
          onGo={(to) => run.visit.set({ state, frame, visit, attempt: to + 1 })}
        />
      ) : null}
    </div>
  );
}

interface StepperProps {
  what: "visit" | "attempt";
  /** From 0. */
  at: number;
  of: number;
  note?: string | null;
  onGo(to: number): void;
}

function Stepper({ what, at, of, note, onGo }: StepperProps) {
  return (
    <span className={styles.stepper}>
      <IconButton
        icon={ChevronLeft}
        label={`Previous ${what}`}
        disabled={at <= 0}
        onClick={() => onGo(at - 1)}
      />
      <span>
        {what === "visit" ? "Visit" : "Attempt"} {at + 1} of {of}
        {note ? <em>{note}</em> : null}
      </span>
      <IconButton
        icon={ChevronRight}
        label={`Next ${what}`}
        disabled={at + 1 >= of}
        onClick={() => onGo(at + 1)}
      />
    </span>
  );
}

/** Leads to the same state in another iteration. */
function IterationPicker({ around }: { around: InIteration }) {
  const session = useSession();
  const document = useDocument();
  const [known, setKnown] = useState<Iterations | null>(null);
  const load = (open: boolean) =>
    open &&
    void session.attempt(async () => setKnown(await iterationsOf(session, around.state, around.frame)));
  if (!document) return null;
  const rows: MenuItem[] = (known?.iterations ?? []).map(({ index, frame, status, duration: took }) => ({
    title: `Iteration ${index}`,
    note: took === null ? statusTitle(status) : `${statusTitle(status)} · ${duration(took)}`,
    onSelect: () => lookInto(session, document, around.state, { frame, index }),
  }));
  const unlisted = known ? known.total - MOST_ITERATIONS : 0;
  const items: MenuItem[] = [
    { heading: document.state(around.state)?.name ?? around.state },
    ...(known ? rows : [{ heading: "Asking…" }]),
    ...(unlisted > 0 ? [{ heading: `… and ${unlisted} more` }] : []),
  ];
  return (
    <Menu items={items} onOpen={load}>
      <button type="button" className={styles.picker}>
        Iteration {around.index} of {around.total}
        <ChevronDown size={12} strokeWidth={2} aria-hidden />
      </button>
    </Menu>
  );
}
