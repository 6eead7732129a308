// Short messages over the lower edge of the canvas, where nothing is to be clicked. They leave by themselves, and stay
// while they are read: under the pointer, or with the focus inside.
import { AlertTriangle, CircleAlert, Info, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "../design/Button";
import { join } from "../design/join";
import { useSession, useSignal } from "../session/hooks";
import { isFloorFolded } from "../session/layout";
import type { Notice, NoticeAction } from "../session/notices";
import { FLOOR_ROW } from "./Floor";
import styles from "./Toasts.module.css";

const ICONS = { error: CircleAlert, warning: AlertTriangle, info: Info };
const STAY = { error: 15_000, warning: 9_000, info: 5_000 };
/** The status bar, and some air. */
const ABOVE_THE_BAR = 44;

export function Toasts() {
  const { notices } = useSession();
  const list = useSignal(notices.list);
  const place = usePlace();
  return (
    <section className={styles.toasts} style={place} aria-label="Notices" aria-live="polite" data-floating>
      {list.map((notice) => (
        <Toast key={notice.id} notice={notice} onDismiss={() => notices.dismiss(notice.id)} />
      ))}
    </section>
  );
}

/** Between the rooms and above the floor; under a dialog, which leaves only the lower edge of the window free. */
function usePlace() {
  const { layout, project, dialog, run, runs } = useSession();
  const rooms = useSignal(layout.state);
  const open = useSignal(project.state).kind === "open";
  const asked = useSignal(runs.question) !== null;
  const covered = useSignal(dialog) !== null || asked;
  const hasRun = useSignal(run.head) !== null;
  if (!open || covered) return { left: 0, right: 0, bottom: 16 };
  const floor = isFloorFolded(rooms, hasRun) ? FLOOR_ROW : rooms.floorSize;
  return {
    left: rooms.leftFolded ? 0 : rooms.leftSize,
    right: rooms.rightFolded ? 0 : rooms.rightSize,
    bottom: floor + ABOVE_THE_BAR,
  };
}

function Action({ action, onDone }: { action: NoticeAction; onDone(): void }) {
  const act = () => {
    onDone();
    action.act();
  };
  return (
    <p className={styles.action}>
      <Button size="small" onClick={act}>
        {action.title}
      </Button>
    </p>
  );
}

function Toast({ notice, onDismiss }: { notice: Notice; onDismiss(): void }) {
  const { notices } = useSession();
  const Icon = ICONS[notice.severity];
  const [read, setRead] = useState(false);
  useEffect(() => {
    if (read) return;
    const timer = setTimeout(() => notices.dismiss(notice.id), STAY[notice.severity]);
    return () => clearTimeout(timer);
  }, [notice, notices, read]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notes that it is being read
    <div
      className={join(styles.toast, styles[notice.severity])}
      role={notice.severity === "error" ? "alert" : "status"}
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className={styles.text}>
        <p>{notice.message}</p>
        {notice.hint ? <p className={styles.hint}>{notice.hint}</p> : null}
        {notice.action ? <Action action={notice.action} onDone={onDismiss} /> : null}
      </div>
      <IconButton icon={X} label="Dismiss" side="left" onClick={onDismiss} />
    </div>
  );
}
