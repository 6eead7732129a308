// All breakpoints of the workflow: each can be switched off, moved to another moment of its state, or removed; and
// whether errors stop.
import { CircleOff, Trash2 } from "lucide-react";
import { IconButton } from "../design/Button";
import { join } from "../design/join";
import { Select } from "../design/Select";
import { MOMENTS } from "../session/breakpoints";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { BreakOn, Breakpoint } from "../transport/contract";
import styles from "./BreakpointList.module.css";

const OPTIONS = MOMENTS.map(({ on, title }) => ({ value: on, title }));

/** Errors of any state. The second holds for more than the first. */
const ERRORS: { on: BreakOn; title: string; note: string }[] = [
  { on: "uncaught", title: "Uncaught errors", note: "that end the execution" },
  { on: "error", title: "All errors", note: "also those retried or caught" },
];

export function BreakpointList() {
  const { breakpoints } = useSession();
  const all = useSignal(breakpoints.all);
  const ofStates = all.filter((point) => point.state !== null);
  return (
    <section className={styles.list} aria-label="Breakpoints">
      <header className={styles.header}>
        <h3>Breakpoints</h3>
        <IconButton
          icon={CircleOff}
          label={all.some((point) => point.enabled) ? "Switch all off" : "Switch all on"}
          side="left"
          disabled={all.length === 0}
          onClick={() => void breakpoints.set(switched(all))}
        />
        <IconButton
          icon={Trash2}
          label="Remove all breakpoints"
          side="left"
          disabled={all.length === 0}
          onClick={() => void breakpoints.set([])}
        />
      </header>
      {ERRORS.map(({ on, title, note }) => (
        <label key={on} className={styles.row}>
          <input
            type="checkbox"
            checked={all.some((point) => point.state === null && point.on === on && point.enabled)}
            onChange={() => void breakpoints.toggleAt(null, on)}
          />
          <span className={styles.name}>{title}</span>
          <span className={styles.note}>{note}</span>
        </label>
      ))}
      {ofStates.map((point) => (
        <Row key={`${point.state} ${point.on}`} point={point} />
      ))}
      {ofStates.length === 0 ? (
        <p className={styles.hint}>
          Click a card's corner, or press F9 on a state, to stop there; its menu has the other moments.
        </p>
      ) : null}
    </section>
  );
}

/** All off, if one is on. */
function switched(all: readonly Breakpoint[]): Breakpoint[] {
  const enabled = !all.some((point) => point.enabled);
  return all.map((point) => ({ ...point, enabled }));
}

function Row({ point }: { point: Breakpoint }) {
  const { breakpoints, selection } = useSession();
  const document = useDocument();
  const state = point.state ?? "";
  const known = document?.state(state);
  const name = known?.name ?? state;
  return (
    <div className={styles.row}>
      <input
        type="checkbox"
        aria-label={`Stop at ${name}`}
        checked={point.enabled}
        onChange={() => void breakpoints.change(point, { ...point, enabled: !point.enabled })}
      />
      <i
        className={join(styles.dot, styles[point.on], !point.enabled && styles.off, !known && styles.unbound)}
        aria-hidden
      />
      <button
        type="button"
        className={styles.name}
        disabled={!known}
        title={known ? name : `${name}: the workflow has no such state any more`}
        onClick={() => selection.select(state)}
      >
        {name}
      </button>
      <Select
        label={`When ${name} stops`}
        className={styles.moment}
        value={point.on}
        options={OPTIONS}
        onChange={(on) => void breakpoints.change(point, { ...point, on: on as BreakOn })}
      />
      <IconButton
        icon={Trash2}
        label={`Remove the breakpoint on ${name}`}
        side="left"
        onClick={() => void breakpoints.change(point, null)}
      />
    </div>
  );
}
