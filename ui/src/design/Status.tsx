// How something stands, by colour and by icon: never by one alone.
import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Pause,
  RotateCw,
  ShieldAlert,
  Unplug,
} from "lucide-react";
import type { ReactNode } from "react";
import { join } from "./join";
import styles from "./Status.module.css";

/** Also the names of the colours in `tokens.css`; those that have none of their own borrow one. */
export type StatusName =
  | "idle"
  | "running"
  | "waiting"
  | "retrying"
  | "paused"
  | "succeeded"
  | "caught"
  | "failed"
  | "timedOut"
  | "aborted"
  | "interrupted"
  | "elsewhere";

const LOOK: Record<StatusName, { icon: LucideIcon; colour: string; title: string }> = {
  idle: { icon: CircleDashed, colour: "idle", title: "Not reached" },
  running: { icon: LoaderCircle, colour: "running", title: "Running" },
  waiting: { icon: Hourglass, colour: "waiting", title: "Waiting" },
  retrying: { icon: RotateCw, colour: "caught", title: "Waiting to retry" },
  paused: { icon: Pause, colour: "paused", title: "Paused" },
  succeeded: { icon: CircleCheck, colour: "succeeded", title: "Succeeded" },
  caught: { icon: ShieldAlert, colour: "caught", title: "Error caught" },
  failed: { icon: CircleX, colour: "failed", title: "Failed" },
  timedOut: { icon: CircleX, colour: "failed", title: "Timed out" },
  aborted: { icon: CircleSlash, colour: "idle", title: "Stopped" },
  interrupted: { icon: Unplug, colour: "caught", title: "Interrupted" },
  elsewhere: { icon: LoaderCircle, colour: "running", title: "Driven by another window" },
};

export function statusTitle(status: StatusName): string {
  return LOOK[status].title;
}

/** `succeeded`, `failed`, …: the part of a token's name, as in `var(--${statusColour(status)})`. */
export function statusColour(status: StatusName): string {
  return LOOK[status].colour;
}

interface StatusIconProps {
  status: StatusName;
  size?: number;
  /** Hidden from screen readers: the words stand beside it. */
  silent?: boolean;
}

export function StatusIcon({ status, size = 14, silent }: StatusIconProps) {
  const { icon: Icon, colour, title } = LOOK[status];
  const name = silent ? { "aria-hidden": true } : { role: "img", "aria-label": title };
  return (
    <Icon
      size={size}
      strokeWidth={1.75}
      className={join(styles.icon, styles[colour], status === "running" && styles.turning)}
      {...name}
    />
  );
}

/** The small pill on a card's shoulder. */
export function StatusPill({ status, children }: { status: StatusName; children?: ReactNode }) {
  return (
    <span className={join(styles.pill, styles[LOOK[status].colour])}>
      <StatusIcon status={status} size={12} />
      {children ? <span>{children}</span> : null}
    </span>
  );
}
