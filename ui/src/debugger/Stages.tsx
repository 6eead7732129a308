// The stages of a state's data on a vertical line: passed ones are filled, the one where we stand is yellow.
import { ChevronRight } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "../design/Button";
import { JsonCode } from "../design/code/JsonCode";
import { join } from "../design/join";
import { useSession } from "../session/hooks";
import type { StageView, StateData, ValueView } from "../transport/contract";
import styles from "./DataTab.module.css";
import { useEdit } from "./useEdit";
import { Value } from "./Value";
import { wholeText } from "./wholeText";

export function Stages({ data }: { data: StateData }) {
  return (
    <ol className={styles.stages} aria-label="Data at each stage">
      {data.stages.map((stage) => (
        <Stage key={stage.stage} stage={stage} frame={data.frame} />
      ))}
    </ol>
  );
}

/** What stands open at first: where we stand, and where data begins and ends. */
export function opensAtFirst(stage: StageView): boolean {
  return stage.progress === "here" || (stage.stage === "output" && stage.progress === "passed");
}

function Stage({ stage, frame }: { stage: StageView; frame: number }) {
  const [wish, setWish] = useState<boolean | null>(null);
  /** The whole text to begin the edit with. */
  const [edited, setEdited] = useState<string | null>(null);
  const session = useSession();
  const hasValue = stage.value !== null;
  const open = hasValue && (wish ?? opensAtFirst(stage));
  const edit = (value: ValueView | null) =>
    session.attempt(async () => setEdited(value ? await wholeText(session, value) : "null"));
  return (
    <li
      className={join(styles.stage, styles[stage.progress])}
      data-stage={stage.stage}
      data-progress={stage.progress}
    >
      <button
        type="button"
        className={styles.head}
        aria-expanded={hasValue ? open : undefined}
        disabled={!hasValue}
        onClick={() => setWish(!open)}
      >
        <span className={styles.title}>{stage.title}</span>
        {hasValue ? <ChevronRight size={13} strokeWidth={2} className={styles.arrow} aria-hidden /> : null}
        <span className={styles.note}>{stage.edited && stage.note === "" ? "edited" : stage.note}</span>
      </button>
      {open && stage.value ? (
        <div className={styles.value}>
          {edited !== null ? (
            <StageEditor stage={stage} frame={frame} text={edited} onClose={() => setEdited(null)} />
          ) : (
            <Value
              value={stage.value}
              label={stage.title}
              tools={
                stage.editable ? (
                  <Button size="small" onClick={() => void edit(stage.value)}>
                    Edit
                  </Button>
                ) : null
              }
            />
          )}
        </div>
      ) : null}
    </li>
  );
}

interface EditorProps {
  stage: StageView;
  frame: number;
  text: string;
  onClose(): void;
}

function StageEditor({ stage, frame, text, onClose }: EditorProps) {
  const session = useSession();
  const edit = useEdit(frame);
  const check = useCallback((text: string) => session.checkJson(text), [session]);
  const commit = async (value: string) => {
    const done = await edit({ kind: "stage", stage: stage.stage, value });
    if (done) onClose();
    return done;
  };
  return <JsonCode label={stage.title} value={text} check={check} onCommit={commit} onCancel={onClose} />;
}
