// The history events of the run, as AWS spells them, and the one that is chosen in full.
import { Copy, ListOrdered } from "lucide-react";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { moment } from "../design/amounts";
import { IconButton } from "../design/Button";
import { copyText } from "../design/copyText";
import { Empty } from "../design/Empty";
import { TextInput } from "../design/Field";
import { JsonText } from "../design/JsonText";
import { useSession, useSignal } from "../session/hooks";
import { isLive, type RunHead } from "../session/run";
import type { EventRow } from "../transport/contract";
import styles from "./EventsTab.module.css";
import { matches } from "./lists/filter";
import { ALL, type Range } from "./lists/range";
import { usePages } from "./lists/usePages";
import { VirtualList } from "./lists/VirtualList";

const ROW = 26;

export function EventsTab() {
  const head = useSignal(useSession().run.head);
  if (!head) {
    return (
      <Empty icon={ListOrdered} title="No run to look at">
        Run the workflow to see its history, event by event.
      </Empty>
    );
  }
  return <Events key={head.execution} head={head} />;
}

function Events({ head }: { head: RunHead }) {
  const { transport } = useSession();
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const pages = usePages<EventRow>(head.execution, {
    size: 1000,
    settled: true,
    fetch: (execution, from, limit) => transport.call("run.events", { execution, from, limit }),
  });
  const total = useSignal(pages.total);
  const revision = useSignal(pages.revision);
  const words = useDeferredValue(filter.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for the rows
  const found = useMemo(
    () => (words === "" ? null : pages.loaded().filter((row) => matches(words, textOf(row)))),
    [pages, words, revision],
  );
  // A filter has to see every row; without one, those in sight will do.
  const filtering = words !== "";
  const onRange = useCallback((range: Range) => pages.want(filtering ? ALL : range), [pages, filtering]);
  const rowAt = (index: number) => (found ? found[index] : pages.get(index));
  const current = chosen === null ? -1 : found ? found.findIndex((row) => row.id === chosen) : chosen - 1;

  return (
    <div className={styles.tab}>
      <div className={styles.list}>
        <div className={styles.tools}>
          <TextInput
            type="search"
            aria-label="Filter events"
            placeholder="Filter by type, state or number"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <span className={styles.count}>
            {found ? `${found.length} of ${total.toLocaleString("en-US")}` : total.toLocaleString("en-US")}
          </span>
        </div>
        <VirtualList
          label="Events"
          total={found ? found.length : total}
          rowHeight={ROW}
          onRange={onRange}
          current={current}
          onChoose={(index) => setChosen(rowAt(index)?.id ?? null)}
          follow={isLive(head.status) && !head.past && chosen === null}
          rowClass={(index) => ((rowAt(index)?.id ?? 0) > head.events ? (styles.ahead ?? "") : "")}
          row={(index) => {
            const row = rowAt(index);
            return row ? <Row row={row} /> : null;
          }}
        />
      </div>
      <Detail key={chosen} execution={head.execution} event={chosen} />
    </div>
  );
}

function textOf(row: EventRow): string {
  return `${row.id} ${row.eventType} ${row.state ?? ""}`;
}

function Row({ row }: { row: EventRow }) {
  return (
    <div className={styles.columns}>
      <span className={styles.number}>{row.id}</span>
      <span className={styles.number}>{moment(row.at)}</span>
      <span className={styles.type}>{row.eventType}</span>
      <span className={styles.state}>{row.state}</span>
    </div>
  );
}

function Detail({ execution, event }: { execution: string; event: number | null }) {
  const { transport, notices } = useSession();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (event === null) return;
    let stale = false;
    transport
      .call("run.event", { execution, event })
      .then((detail) => detail.text)
      .catch((thrown) => (thrown instanceof Error ? thrown.message : String(thrown)))
      .then((answer) => !stale && setText(answer));
    return () => {
      stale = true;
    };
  }, [transport, execution, event]);
  const copy = async () => {
    const done = text !== null && (await copyText(text));
    if (done) notices.add("info", `Event ${event} is copied.`);
    else notices.add("warning", "The clipboard can't be used here.");
  };
  return (
    <section className={styles.detail} aria-label="Event">
      {event === null ? <p className={styles.hint}>Choose an event to see it in full.</p> : null}
      {text === null ? null : (
        <>
          <div className={styles.copy}>
            <IconButton icon={Copy} label="Copy event" side="left" onClick={() => void copy()} />
          </div>
          <JsonText text={text} className={styles.json} />
        </>
      )}
    </section>
  );
}
