// A list of any length of which only the rows in sight are drawn.
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { join } from "../../design/join";
import { endSpace, type Range, scrollTo, visibleRange } from "./range";
import styles from "./VirtualList.module.css";

interface VirtualListProps {
  label: string;
  total: number;
  /** In CSS pixels. */
  rowHeight: number;
  row(index: number): ReactNode;
  rowClass?(index: number): string;
  onRange?(range: Range): void;
  /** The row that is chosen, -1 for none; kept in sight as it changes. */
  current: number;
  onChoose(index: number): void;
  /** A row to bring into sight whenever it changes; null = none. */
  reveal?: number | null;
  /** Rows are as wide as their text; the list scrolls sideways. */
  wide?: boolean;
  /** Stays at the end as the list grows, until the user scrolls up. */
  follow?: boolean;
  /** Lies over the lower edge. */
  footer?: ReactNode;
  footerHeight?: number;
}

const NEAR = 4;

export function VirtualList(props: VirtualListProps) {
  const { label, total, rowHeight, row, rowClass, onRange, current, onChoose, follow, footer } = props;
  const { footerHeight = 0, wide, reveal = null } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [view, setView] = useState({ top: 0, height: 0 });
  const id = useId();
  const { first, last } = visibleRange(view.top, view.height, rowHeight, total);

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, clientHeight: height, scrollHeight } = element;
    atEnd.current = top + height >= scrollHeight - NEAR;
    setView((old) => (old.top === top && old.height === height ? old : { top, height }));
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: at each growth, and each change of size
  useLayoutEffect(() => {
    const element = scroller.current;
    if (follow && atEnd.current && element) element.scrollTop = element.scrollHeight;
  }, [follow, total, view.height]);

  useEffect(() => onRange?.({ first, last }), [onRange, first, last]);

  const bring = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element || index < 0) return;
      const to = scrollTo(index, element.scrollTop, element.clientHeight, rowHeight, footerHeight);
      if (to !== null) element.scrollTop = to;
    },
    [rowHeight, footerHeight],
  );
  useLayoutEffect(() => bring(current), [bring, current]);
  useLayoutEffect(() => bring(reveal ?? -1), [bring, reveal]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, current, total, Math.max(1, Math.floor(view.height / rowHeight) - 1));
    if (to === null || event.target !== event.currentTarget) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(to);
  };

  return (
    <div ref={scroller} className={styles.scroller} onScroll={measure}>
      <div
        role="listbox"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={current >= first && current < last ? `${id}-${current}` : undefined}
        className={styles.content}
        style={{ height: total * rowHeight + endSpace(total, view.height, rowHeight, footerHeight) }}
        onKeyDown={onKeyDown}
      >
        <div
          className={join(styles.rows, wide && styles.wide)}
          style={{ transform: `translateY(${first * rowHeight}px)` }}
        >
          {Array.from({ length: last - first }, (_, offset) => {
            const index = first + offset;
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which row is current
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
              <div
                key={index}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === current}
                aria-posinset={index + 1}
                aria-setsize={total}
                className={join(styles.row, rowClass?.(index))}
                style={{ height: rowHeight }}
                onClick={() => onChoose(index)}
              >
                {row(index)}
              </div>
            );
          })}
        </div>
      </div>
      {footer ? <div className={styles.footer}>{footer}</div> : null}
    </div>
  );
}

function moved(key: string, current: number, total: number, page: number): number | null {
  if (total === 0) return null;
  const to = {
    ArrowUp: current - 1,
    ArrowDown: current + 1,
    PageUp: current - page,
    PageDown: current + page,
    Home: 0,
    End: total - 1,
  }[key];
  return to === undefined ? null : Math.min(total - 1, Math.max(0, to));
}
