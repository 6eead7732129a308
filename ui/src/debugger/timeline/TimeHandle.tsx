// The handle under the bars: dragging it, or its arrow keys, shows other moments of the run.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { moment as seconds } from "../../design/amounts";
import { join } from "../../design/join";
import { useSession } from "../../session/hooks";
import type { RunHead } from "../../session/run";
import type { TimelineRow } from "../../transport/contract";
import type { Pages } from "../lists/pages";
import { clamp } from "../lists/range";
import { canSeek, eventAt, eventFrom } from "./moments";
import styles from "./Timeline.module.css";

interface TimeHandleProps {
  head: RunHead;
  pages: Pages<TimelineRow>;
  total: number;
  /** In ms. */
  length: number;
  /** The one shown, in ms since the start of the run. */
  moment: number;
}

type Target = () => Promise<number | null>;

export function TimeHandle({ head, pages, total, length, moment }: TimeHandleProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  const seek = useSeek();
  const able = canSeek(head) && total > 0;
  const rowAt = (index: number) => pages.row(index);
  const shown = dragged ?? moment;
  const at = `${length > 0 ? (shown / length) * 100 : 100}%`;

  const drag = (event: PointerEvent<HTMLElement>, fresh: boolean) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const time = clamp((event.clientX - left) / width, 0, 1) * length;
    setDragged(time);
    void seek(() => eventAt(time, length, total, rowAt), fresh);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (!able || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag(event, true);
  };
  // The handle goes to where the core says only when the last move has been answered.
  const drop = () => void seek(null, false).then(() => setDragged(null));
  const onKeyDown = (event: KeyboardEvent) => {
    const target = able ? keyTarget(event.key, (by) => eventFrom(head, by, total, rowAt)) : null;
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    void seek(target, true);
  };

  return (
    <div className={join(styles.columns, styles.foot)}>
      <span className={styles.shown}>
        {head.past ? `Looking at ${seconds(shown)} s of ${seconds(length)} s` : `${seconds(shown)} s`}
      </span>
      <span className={styles.bars}>
        <div
          role="slider"
          tabIndex={0}
          aria-label="Moment shown"
          aria-valuemin={0}
          aria-valuemax={Math.round(length)}
          aria-valuenow={Math.round(shown)}
          aria-valuetext={`${seconds(shown)} s`}
          aria-disabled={!able}
          title={able ? "Drag to look at another moment" : "Pause the run to look at its past"}
          className={styles.slider}
          onPointerDown={onPointerDown}
          onPointerMove={(event) => dragged !== null && event.buttons > 0 && drag(event, false)}
          onPointerUp={drop}
          onPointerCancel={drop}
          onKeyDown={onKeyDown}
        >
          <span className={styles.past} style={{ width: at }} />
          <span className={styles.knob} style={{ left: at }} />
        </div>
      </span>
    </div>
  );
}

function keyTarget(key: string, from: (by: number) => Promise<number | null>): Target | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
    Home: Number.NEGATIVE_INFINITY,
  };
  if (key === "End") return async () => null;
  const by = steps[key];
  return by === undefined ? null : () => from(by);
}

/** Seeks one at a time; of the wishes that come meanwhile only the last counts. `null`: only waits.
 * Unless `fresh`, an event that was sought just before is not sought again: a drag passes many pixels for each. */
function useSeek(): (target: Target | null, fresh: boolean) => Promise<void> {
  const { run } = useSession();
  const next = useRef<Target | null>(null);
  const busy = useRef<Promise<void> | null>(null);
  const sought = useRef<number | null | undefined>(undefined);
  return (target, fresh) => {
    if (fresh) sought.current = undefined;
    if (target) next.current = target;
    const work = async () => {
      while (next.current) {
        const wish = next.current;
        next.current = null;
        const event = await wish();
        if (event === sought.current) continue;
        sought.current = event;
        await run.seek(event);
      }
    };
    busy.current ??= work().finally(() => {
      busy.current = null;
    });
    return busy.current;
  };
}
