// Short messages at the bottom right. Those that say what went wrong stay until they are put away.
import { AlertTriangle, CircleAlert, Info, X } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "../design/Button";
import { join } from "../design/join";
import { useSession, useSignal } from "../session/hooks";
import type { Notice } from "../session/notices";
import styles from "./Toasts.module.css";

const ICONS = { error: CircleAlert, warning: AlertTriangle, info: Info };
const STAY = { error: null, warning: 9_000, info: 5_000 };

export function Toasts() {
  const { notices } = useSession();
  const list = useSignal(notices.list);
  return (
    <section className={styles.toasts} aria-label="Notices" aria-live="polite">
      {list.map((notice) => (
        <Toast key={notice.id} notice={notice} onDismiss={() => notices.dismiss(notice.id)} />
      ))}
    </section>
  );
}

function Toast({ notice, onDismiss }: { notice: Notice; onDismiss(): void }) {
  const { notices } = useSession();
  const Icon = ICONS[notice.severity];
  useEffect(() => {
    const stay = STAY[notice.severity];
    if (stay === null) return;
    const timer = setTimeout(() => notices.dismiss(notice.id), stay);
    return () => clearTimeout(timer);
  }, [notice, notices]);
  return (
    <div
      className={join(styles.toast, styles[notice.severity])}
      role={notice.severity === "error" ? "alert" : "status"}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className={styles.text}>
        <p>{notice.message}</p>
        {notice.hint ? <p className={styles.hint}>{notice.hint}</p> : null}
      </div>
      <IconButton icon={X} label="Dismiss" side="left" onClick={onDismiss} />
    </div>
  );
}
