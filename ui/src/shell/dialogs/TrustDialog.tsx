// The first run of a folder: may its code run? Names what will. A key that is still held down must not answer yes, so
// the cautious button has the focus, and Enter does no more than press it.
import { ShieldQuestion } from "lucide-react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { useSession } from "../../session/hooks";
import type { TrustQuestion } from "../../session/runs";
import styles from "./dialogs.module.css";

export function TrustDialog({ question }: { question: TrustQuestion }) {
  const session = useSession();
  const refuse = () => question.answer(false);
  return (
    <Dialog
      title="Run code from this folder?"
      lead={
        <>
          This run starts programs from <b>{session.project.view?.root}</b>, with your rights on this machine.
          Opening and drawing never do.
        </>
      }
      onClose={refuse}
      actions={
        <>
          <Button data-first onClick={refuse}>
            Don't run
          </Button>
          <Button kind="primary" icon={ShieldQuestion} onClick={() => question.answer(true)}>
            Trust and run
          </Button>
        </>
      }
    >
      <ul className={styles.will} aria-label="What will run">
        {question.willRun.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Dialog>
  );
}
