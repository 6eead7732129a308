// A list of cards that can be moved: by its handle with the pointer, or with the arrow keys while the handle has the focus.
import { GripVertical, Trash2 } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { IconButton } from "../design/Button";
import { join } from "../design/join";
import styles from "./lists.module.css";

interface CardProps {
  title: string;
  index: number;
  count: number;
  wrong: "error" | "warning" | false;
  /** Beside the handle. */
  tools?: ReactNode;
  onMove(to: number): void;
  onRemove(): void;
  children: ReactNode;
}

export function EntryCard({ title, index, count, wrong, tools, onMove, onRemove, children }: CardProps) {
  const card = useRef<HTMLElement>(null);
  const [dragging, setDragging] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const to = index + by;
    if (to >= 0 && to < count) {
      onMove(to);
      focusHandle(card.current, to);
    }
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!dragging) return;
    setDragging(false);
    const to = placeAt(card.current, event.clientY);
    if (to !== index) onMove(to);
  };
  return (
    <section
      ref={card}
      data-entry
      className={join(styles.entry, dragging && styles.dragging)}
      aria-label={title}
    >
      <div className={styles.head}>
        <h4>{title}</h4>
        <span className={styles.tools}>
          {tools}
          <IconButton icon={Trash2} label={`Remove ${title}`} side="left" onClick={onRemove} />
          {count > 1 ? (
            <button
              type="button"
              className={styles.grip}
              aria-label={`Move ${title}: arrow up or down`}
              onKeyDown={onKeyDown}
              onPointerDown={onPointerDown}
              onPointerUp={onPointerUp}
              onPointerCancel={() => setDragging(false)}
            >
              <GripVertical size={14} strokeWidth={1.75} aria-hidden />
            </button>
          ) : null}
        </span>
      </div>
      <div className={join(styles.card, wrong && styles[wrong])}>{children}</div>
    </section>
  );
}

function cards(card: HTMLElement | null): HTMLElement[] {
  return [...(card?.parentElement?.querySelectorAll<HTMLElement>(":scope > [data-entry]") ?? [])];
}

/** The place in the list at a height of the window. */
function placeAt(card: HTMLElement | null, y: number): number {
  const all = cards(card);
  const own = card ? all.indexOf(card) : 0;
  const above = all.filter((other) => {
    const box = other.getBoundingClientRect();
    return other !== card && y > box.top + box.height / 2;
  });
  return Math.max(0, Math.min(all.length - 1, own < 0 ? 0 : above.length));
}

/** Entries are what stands at their places: the handle of the one that moved is another one now. */
function focusHandle(card: HTMLElement | null, to: number): void {
  cards(card)[to]?.querySelector<HTMLElement>(`.${styles.grip}`)?.focus();
}
