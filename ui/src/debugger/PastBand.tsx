// Says that the moment shown is in the past, and leads back to the present or on from here as a fork.
import { GitFork, History, LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useSession } from "../session/hooks";
import { isLive, type RunHead } from "../session/run";
import styles from "./DebugBar.module.css";

export function PastBand({ head }: { head: RunHead }) {
  const { run } = useSession();
  const [asking, setAsking] = useState(false);
  const back = isLive(head.status) ? "Back to live" : "Back to the end";
  return (
    <div className={styles.band}>
      <History size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.words} role="status">
        You are looking at the past
      </span>
      <Button size="small" icon={LogOut} aria-label={back} title={back} onClick={() => void run.seek(null)}>
        <span className={styles.verb}>{back}</span>
      </Button>
      <Button
        size="small"
        kind="primary"
        icon={GitFork}
        aria-label="Go on from here…"
        title="Go on from here…"
        onClick={() => setAsking(true)}
      >
        <span className={styles.verb}>Go on from here…</span>
      </Button>
      {asking ? <ForkDialog onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function ForkDialog({ onClose }: { onClose(): void }) {
  const { run, notices } = useSession();
  const [reuse, setReuse] = useState(true);
  const fork = async () => {
    onClose();
    if (await run.fork(reuse, true))
      notices.add("info", "This is a fork now. The run it came from stays as it was.");
  };
  return (
    <Dialog
      title="Go on from here"
      lead="A new run begins with all that happened up to this moment. The run you are looking at stays as it is."
      onClose={onClose}
      onSubmit={() => void fork()}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit">
            Go on
          </Button>
        </>
      }
    >
      <fieldset className={styles.choice}>
        <legend>When the way leads through a function again</legend>
        <label>
          <input type="radio" name="reuse" checked={reuse} onChange={() => setReuse(true)} />
          <span>
            <b>Use its recorded result</b>
            <small>As long as the fork goes the same way with the same data.</small>
          </span>
        </label>
        <label>
          <input type="radio" name="reuse" checked={!reuse} onChange={() => setReuse(false)} />
          <span>
            <b>Call it again</b>
            <small>Its code really runs, with all that it does.</small>
          </span>
        </label>
      </fieldset>
    </Dialog>
  );
}
