// The call stack of the moment shown, and the list of breakpoints beside it.
import { Layers, Pause } from "lucide-react";
import { useEffect, useState } from "react";
import { Empty } from "../design/Empty";
import { join } from "../design/join";
import { StatusIcon } from "../design/Status";
import { useSession, useSignal } from "../session/hooks";
import { isLive, type RunHead } from "../session/run";
import type { FrameView, Stack } from "../transport/contract";
import { BreakpointList } from "./BreakpointList";
import styles from "./FramesTab.module.css";
import { VirtualList } from "./lists/VirtualList";

const ROW = 28;
const INDENT = 16;
const MOST_INDENT = 8;
/** A run in full swing grows 60 times a second; nobody reads that fast. */
const PAUSE = 120;

export function FramesTab() {
  const head = useSignal(useSession().run.head);
  return (
    <div className={styles.tab}>
      <section className={styles.frames} aria-label="Frames">
        {head ? (
          <Frames key={head.execution} head={head} />
        ) : (
          <Empty icon={Layers} title="No run to look at">
            Debug the workflow: its frames are the execution, the branches and iterations in it.
          </Empty>
        )}
      </section>
      <BreakpointList />
    </div>
  );
}

function Frames({ head }: { head: RunHead }) {
  const session = useSession();
  const stack = useStack(head.execution);
  const picked = useSignal(session.run.visit);
  if (!stack) return null;
  if (stack.frames.length === 0) {
    return (
      <Empty icon={Layers} title={isLive(head.status) ? "No frame is there yet" : "The run has ended"}>
        {isLive(head.status)
          ? null
          : "Drag the handle of the timeline to a moment at which it still went on."}
      </Empty>
    );
  }
  const { frames, total } = stack;
  const current = frames.findIndex((frame) =>
    picked ? frame.frame === picked.frame && frame.state === picked.state : frame.front,
  );
  const choose = (index: number) => {
    const frame = frames[index];
    if (!frame?.state) return;
    session.showVisit({ state: frame.state, frame: frame.frame, visit: null, attempt: null });
  };
  return (
    <VirtualList
      label="Frames"
      total={frames.length}
      rowHeight={ROW}
      current={current}
      onChoose={choose}
      rowClass={(index) => (frames[index]?.front ? (styles.front ?? "") : "")}
      row={(index) => (frames[index] ? <Row frame={frames[index]} workflow={head.workflow} /> : null)}
      footerHeight={total > frames.length ? ROW : 0}
      footer={
        total > frames.length ? <p className={styles.more}>… and {total - frames.length} more</p> : undefined
      }
    />
  );
}

function Row({ frame, workflow }: { frame: FrameView; workflow: string }) {
  return (
    <div className={styles.row}>
      <span className={styles.scope} style={{ paddingLeft: Math.min(frame.depth, MOST_INDENT) * INDENT }}>
        <StatusIcon status={frame.status} />
        <span title={frame.scope || workflow}>{frame.scope === "" ? workflow : capital(frame.scope)}</span>
      </span>
      <b className={styles.state} title={frame.state ?? undefined}>
        {frame.state}
      </b>
      <span className={styles.place} title={frame.place}>
        {frame.place}
      </span>
      <span className={join(styles.held, frame.front && styles.here)}>
        {frame.held ? <Pause size={12} strokeWidth={1.75} aria-hidden /> : null}
        {frame.front ? "stands here" : frame.held ? "held" : ""}
      </span>
    </div>
  );
}

function useStack(execution: string): Stack | null {
  const { run, transport } = useSession();
  const progress = useSignal(run.progress);
  const [stack, setStack] = useState<Stack | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress says that frames may have moved
  useEffect(() => {
    let stale = false;
    const ask = () =>
      transport
        .call("debug.stack", { execution })
        .then((answer) => !stale && setStack(answer))
        // It stays as it was; the next sign of progress asks again.
        .catch(() => {});
    const timer = setTimeout(ask, stack === null ? 0 : PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [transport, execution, progress]);
  return stack;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
