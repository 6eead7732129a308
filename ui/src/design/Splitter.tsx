// A hairline between two rooms that can be dragged, or moved with the arrow keys.
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { join } from "./join";
import styles from "./Splitter.module.css";

interface SplitterProps {
  label: string;
  /** The line's own direction. */
  line: "vertical" | "horizontal";
  size: number;
  min: number;
  max: number;
  /** The room that `size` belongs to lies after the line. */
  after?: boolean;
  onChange(size: number): void;
  /** A double click, and Enter. */
  onFold?(): void;
}

const KEY_STEP = 16;

export function Splitter({ label, line, size, min, max, after, onChange, onFold }: SplitterProps) {
  const drag = useRef<{ from: number; size: number } | null>(null);
  const position = (event: PointerEvent) => (line === "vertical" ? event.clientX : event.clientY);
  const resize = (to: number) => onChange(Math.round(Math.min(max, Math.max(min, to))));

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: position(event), size };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!drag.current) return;
    const moved = position(event) - drag.current.from;
    resize(drag.current.size + (after ? -moved : moved));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys = line === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const way = keys.indexOf(event.key);
    if (way >= 0) resize(size + (way === 1 ? KEY_STEP : -KEY_STEP) * (after ? -1 : 1));
    else if (event.key === "Enter") onFold?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be dragged
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={line}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={Math.round(max)}
      className={join(styles.splitter, styles[line])}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
      onDoubleClick={onFold}
      onKeyDown={onKeyDown}
    />
  );
}
