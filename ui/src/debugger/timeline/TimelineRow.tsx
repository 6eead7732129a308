// One visit of a state: when, what, how long, and its bar. Where the debugger stands, what comes of the visit is not known
// yet, even if the run has come further since.
import { countdown, duration, moment as seconds } from "../../design/amounts";
import { StatusIcon, statusColour, statusTitle } from "../../design/Status";
import { useSession, useSignal, useTick } from "../../session/hooks";
import type { TimelineRow as Row } from "../../transport/contract";
import styles from "./Timeline.module.css";

const INDENT = 14;
const MOST_INDENT = 8;

interface TimelineRowProps {
  row: Row;
  /** Of the whole run, in ms. */
  length: number;
  /** The moment shown, in ms since the start of the run. */
  moment: number;
  /** Before what the debugger stands in this visit; null = elsewhere. */
  here: string | null;
}

export function TimelineRow({ row, length, moment, here }: TimelineRowProps) {
  const left = useTimeLeft(row);
  const status = here === null ? row.status : "paused";
  const words = here ?? (left === null ? row.text : `${row.text}, ${left} left`);
  const lasts = here === null ? row.duration : null;
  const share = (ms: number) => `${(ms / Math.max(1, length)) * 100}%`;
  return (
    <div className={styles.columns}>
      <span className={styles.time}>{seconds(row.at)}</span>
      <span className={styles.name} style={{ paddingLeft: Math.min(row.depth, MOST_INDENT) * INDENT }}>
        {row.state === null ? null : <StatusIcon status={status} />}
        <span className={styles.cut}>{row.title}</span>
      </span>
      <span className={styles.words} title={words}>
        {words}
      </span>
      <span className={styles.lasts}>
        {lasts === null ? statusTitle(status).toLowerCase() : duration(lasts)}
      </span>
      <span className={styles.bars} aria-hidden>
        <span className={styles.track}>
          <span
            className={styles.bar}
            style={{
              left: `min(${share(row.at)}, 100% - 2px)`,
              width: share(lasts ?? Math.max(0, moment - row.at)),
              background: barColour(status),
            }}
          />
        </span>
      </span>
    </div>
  );
}

/** Until a wait is over, or the next attempt begins. */
function useTimeLeft({ until }: Row): string | null {
  const { run } = useSession();
  const status = useSignal(run.head)?.status;
  useTick(until !== null && status === "running");
  return until === null ? null : countdown(until - run.clock.now());
}

function barColour(status: Row["status"]): string {
  const colour = statusColour(status);
  return colour === "idle" ? "var(--ink-3)" : `var(--${colour})`;
}
