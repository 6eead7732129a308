// One visit of a state: when, what, how long, and its bar.
import { duration, moment } from "../../design/amounts";
import { StatusIcon, statusColour, statusTitle } from "../../design/Status";
import type { TimelineRow as Row } from "../../transport/contract";
import styles from "./Timeline.module.css";

const INDENT = 14;
const MOST_INDENT = 8;

interface TimelineRowProps {
  row: Row;
  /** Of the whole run, in ms. */
  length: number;
  here: boolean;
}

export function TimelineRow({ row, length, here }: TimelineRowProps) {
  const status = here ? "paused" : row.status;
  const share = (ms: number) => `${(ms / Math.max(1, length)) * 100}%`;
  const lasts = row.duration ?? Math.max(0, length - row.at);
  return (
    <div className={styles.columns}>
      <span className={styles.time}>{moment(row.at)}</span>
      <span className={styles.name} style={{ paddingLeft: Math.min(row.depth, MOST_INDENT) * INDENT }}>
        {row.state === null ? null : <StatusIcon status={status} />}
        <span className={styles.cut}>{row.title}</span>
      </span>
      <span className={styles.words} title={row.text}>
        {row.text}
      </span>
      <span className={styles.lasts}>
        {row.duration === null ? statusTitle(status).toLowerCase() : duration(row.duration)}
      </span>
      <span className={styles.bars} aria-hidden>
        <span className={styles.track}>
          <span
            className={styles.bar}
            style={{
              left: `min(${share(row.at)}, 100% - 2px)`,
              width: share(lasts),
              background: barColour(status),
            }}
          />
        </span>
      </span>
    </div>
  );
}

function barColour(status: Row["status"]): string {
  const colour = statusColour(status);
  return colour === "idle" ? "var(--ink-3)" : `var(--${colour})`;
}
