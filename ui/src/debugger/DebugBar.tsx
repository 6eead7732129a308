// The floating bar over the canvas that moves a debugged run, and the band that says when the past is shown.
import {
  ArrowDownToDot,
  ArrowUpFromDot,
  Pause,
  Play,
  Redo,
  Rewind,
  RotateCcw,
  Square,
  Undo,
} from "lucide-react";
import { IconButton } from "../design/Button";
import { useSession, useSignal } from "../session/hooks";
import { isLive, type RunHead } from "../session/run";
import styles from "./DebugBar.module.css";
import { PastBand } from "./PastBand";

export function DebugBar() {
  const { run } = useSession();
  const head = useSignal(run.head);
  // A plain run has its Stop in the top bar.
  if (!head || !(head.past || head.paused || (head.debug && isLive(head.status)))) return null;
  return (
    <div className={styles.bars}>
      <div className={styles.bar} role="toolbar" aria-label="Debugger">
        <Moves head={head} />
        <Ends head={head} />
        {head.past ? <PastBand head={head} /> : null}
      </div>
    </div>
  );
}

function Moves({ head }: { head: RunHead }) {
  const { run } = useSession();
  const held = head.paused !== null;
  const canGoBack = head.paused?.canStepBack === true;
  const move = (step: Parameters<typeof run.step>[0]) => () => void run.step(step);
  return (
    <>
      {held ? (
        <IconButton icon={Play} tone="go" label="Continue" keys="F5" onClick={move("continue")} />
      ) : (
        <IconButton
          icon={Pause}
          label="Pause"
          keys="F6"
          disabled={!isLive(head.status)}
          onClick={move("pause")}
        />
      )}
      <IconButton icon={Redo} label="Step over" keys="F10" disabled={!held} onClick={move("over")} />
      <IconButton
        icon={ArrowDownToDot}
        label="Step into"
        keys="F11"
        disabled={!held}
        onClick={move("into")}
      />
      <IconButton
        icon={ArrowUpFromDot}
        label="Step out"
        keys="Shift+F11"
        disabled={!held}
        onClick={move("out")}
      />
      <i className={styles.line} />
      <IconButton
        icon={Undo}
        label="Step back"
        keys="Shift+F10"
        disabled={!canGoBack}
        onClick={move("back")}
      />
      <IconButton
        icon={Rewind}
        label="Reverse continue"
        disabled={!canGoBack}
        onClick={move("reverseContinue")}
      />
      <i className={styles.line} />
    </>
  );
}

function Ends({ head }: { head: RunHead }) {
  const session = useSession();
  const starting = useSignal(session.runs.starting);
  const live = isLive(head.status);
  return (
    <>
      <IconButton
        icon={RotateCcw}
        label="Restart"
        keys="Ctrl+Shift+F5"
        disabled={starting}
        onClick={() => void session.restartRun()}
      />
      <IconButton
        icon={Square}
        tone="stop"
        label="Stop"
        keys="Shift+F5"
        disabled={!live}
        onClick={() => void session.run.stop()}
      />
    </>
  );
}
