// The visits of states as rows and bars, and a handle that moves through the time of a run.
import { ListTree } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Empty } from "../design/Empty";
import { useSession, useSignal } from "../session/hooks";
import { isLive, type RunHead } from "../session/run";
import type { TimelineRow as Row } from "../transport/contract";
import type { Pages } from "./lists/pages";
import { countBefore, type Range } from "./lists/range";
import { usePages } from "./lists/usePages";
import { VirtualList } from "./lists/VirtualList";
import { isAhead, isHere } from "./timeline/moments";
import { TimeHandle } from "./timeline/TimeHandle";
import styles from "./timeline/Timeline.module.css";
import { TimelineRow } from "./timeline/TimelineRow";

const ROW = 28;
const FOOTER = 34;

export function TimelineTab() {
  const head = useSignal(useSession().run.head);
  if (!head) {
    return (
      <Empty icon={ListTree} title="No run to look at">
        Run the workflow to see which states it visits, and for how long.
      </Empty>
    );
  }
  return <Timeline key={head.execution} head={head} />;
}

function Timeline({ head }: { head: RunHead }) {
  const session = useSession();
  const { selection, transport } = session;
  const selected = useSignal(selection.current)?.state;
  const [length, setLength] = useState(0);
  // The last rows of a run that was watched come when it is over; one that was over before opens at its start.
  const [watched] = useState(isLive(head.status));
  const [chosen, setChosen] = useState(-1);
  const pages = usePages<Row>(head.execution, {
    size: 200,
    settled: false,
    fetch: async (execution, from, limit) => {
      const answer = await transport.call("run.timeline", { execution, from, limit });
      setLength(answer.length);
      return answer;
    },
  });
  const total = useSignal(pages.total);
  const onRange = useCallback((range: Range) => pages.want(range), [pages]);
  const moment = head.past ? Math.min(length, Math.max(0, head.now - head.started)) : length;

  const choose = (index: number) => {
    setChosen(index);
    const row = pages.get(index);
    // The number of a visit counts over all frames.
    if (row?.state)
      session.showVisit({ state: row.state, frame: null, visit: row.visit, attempt: row.attempt });
  };

  const rowClass = (index: number) => {
    const row = pages.get(index);
    if (!row) return "";
    return (isHere(row, head) && styles.here) || (isAhead(row, head) && styles.ahead) || "";
  };

  const reveal = useMomentRow(head, pages, total);
  return (
    <VirtualList
      label="Visits of states"
      total={total}
      rowHeight={ROW}
      onRange={onRange}
      current={chosen >= 0 && pages.get(chosen)?.state === selected ? chosen : -1}
      onChoose={choose}
      follow={watched && !head.past}
      reveal={reveal}
      rowClass={rowClass}
      row={(index) => {
        const row = pages.get(index);
        if (!row) return null;
        const here = isHere(row, head) ? head.paused : null;
        return <TimelineRow row={row} length={length} moment={moment} here={here?.place ?? null} />;
      }}
      footerHeight={FOOTER}
      footer={<TimeHandle head={head} pages={pages} total={total} length={length} moment={moment} />}
    />
  );
}

/** The row that the past moment lies before, to be kept in sight as the handle moves; null at the newest one. */
function useMomentRow(head: RunHead, pages: Pages<Row>, total: number): number | null {
  const [row, setRow] = useState<number | null>(null);
  const { past, events } = head;
  useEffect(() => {
    let stale = false;
    const find = async () =>
      past
        ? countBefore(
            total,
            (index) => pages.row(index),
            (found) => found.event <= events,
          )
        : null;
    void find().then((index) => !stale && setRow(index === null ? null : Math.min(index, total - 1)));
    return () => {
      stale = true;
    };
  }, [past, events, pages, total]);
  return row;
}
