// The card under the pointer while a new state is dragged.
import { Icon } from "../../design/icons";
import { useSession, useSignal } from "../../session/hooks";
import styles from "./left.module.css";

export function DragGhost() {
  const { drag } = useSession();
  const dragged = useSignal(drag.current);
  const target = useSignal(drag.target);
  if (!dragged) return null;
  return (
    <div className={styles.ghost} style={{ left: dragged.x + 8, top: dragged.y + 8 }} aria-hidden>
      <i>
        <Icon name={dragged.icon} />
      </i>
      <span>
        <b>{dragged.title}</b>
        <small>{target ? "drop to insert" : "drag onto a transition"}</small>
      </span>
    </div>
  );
}
