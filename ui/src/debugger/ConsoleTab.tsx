// What functions printed, and what was said about them, line by line as it comes; and a line to ask for the value of an
// expression.
import { ScrollText } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { moment } from "../design/amounts";
import { Empty } from "../design/Empty";
import { join } from "../design/join";
import { Select } from "../design/Select";
import { useSession, useSignal } from "../session/hooks";
import type { RunHead } from "../session/run";
import type { LogLine } from "../transport/contract";
import styles from "./ConsoleTab.module.css";
import { EvaluateLine } from "./EvaluateLine";
import { ALL } from "./lists/range";
import { usePages } from "./lists/usePages";
import { VirtualList } from "./lists/VirtualList";

const ROW = 20;
const EVERY = "*";

export function ConsoleTab() {
  const head = useSignal(useSession().run.head);
  if (!head) {
    return (
      <Empty icon={ScrollText} title="No run to look at">
        Run the workflow to see what its functions print.
      </Empty>
    );
  }
  return <Log key={head.execution} head={head} />;
}

function Log({ head }: { head: RunHead }) {
  const { transport } = useSession();
  const [only, setOnly] = useState(EVERY);
  const [chosen, setChosen] = useState(-1);
  const pages = usePages<LogLine>(head.execution, {
    size: 1000,
    settled: true,
    fetch: async (of, from, limit) => {
      const { total, lines } = await transport.call("run.log", { execution: of, from, limit });
      return { total, rows: lines };
    },
  });
  const total = useSignal(pages.total);
  const revision = useSignal(pages.revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for the lines
  const lines = useMemo(() => pages.loaded(), [pages, revision]);
  const functions = useMemo(() => [...new Set(lines.map((line) => line.function))].sort(), [lines]);
  const shown = useMemo(
    () => (only === EVERY ? lines : lines.filter((line) => line.function === only)),
    [lines, only],
  );
  // All lines: the choice of functions has to know them.
  const onRange = useCallback(() => pages.want(ALL), [pages]);
  // What was printed after the moment shown.
  const moment = head.past ? head.now - head.started : Number.POSITIVE_INFINITY;
  const rowClass = (index: number) => join(styles.row, (shown[index]?.at ?? 0) > moment && styles.ahead);
  const choose = (name: string) => {
    setOnly(name);
    setChosen(-1);
  };

  return (
    <div className={styles.tab}>
      {functions.length > 1 ? (
        <div className={styles.tools}>
          <Select
            label="Function"
            value={only}
            onChange={choose}
            options={[
              { value: EVERY, title: "All functions" },
              ...functions.map((name) => ({ value: name, title: name })),
            ]}
          />
        </div>
      ) : null}
      <div className={styles.lines}>
        <VirtualList
          label="Log"
          total={shown.length}
          rowHeight={ROW}
          onRange={onRange}
          current={chosen}
          onChoose={setChosen}
          follow={!head.past}
          wide
          rowClass={rowClass}
          row={(index) => {
            const line = shown[index];
            return line ? <Line line={line} /> : null;
          }}
        />
        {total === 0 && revision > 0 ? (
          <p className={styles.hint}>No function has printed anything in this run.</p>
        ) : null}
      </div>
      <EvaluateLine />
    </div>
  );
}

function Line({ line }: { line: LogLine }) {
  return (
    <div className={join(styles.line, styles[line.stream])}>
      <span className={styles.time}>{moment(line.at)}</span>
      <span className={styles.function} title={line.function}>
        {line.function}
      </span>
      <span className={styles.text}>{line.text}</span>
    </div>
  );
}
