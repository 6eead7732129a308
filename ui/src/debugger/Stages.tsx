// The stages of a state's data on a vertical line: water fills it as far as the data has come, the stage where we stand
// is yellow, what is to come is hollow and shows what the definition says.
import { ChevronRight } from "lucide-react";
import { useCallback, useState } from "react";
import { bytes } from "../design/amounts";
import { Button } from "../design/Button";
import { JsonCode } from "../design/code/JsonCode";
import { JsonText } from "../design/JsonText";
import { join } from "../design/join";
import { useDocument, useSession } from "../session/hooks";
import type { StageView, StateData, ValueView } from "../transport/contract";
import styles from "./Stages.module.css";
import { useDefinition } from "./useDefinition";
import { useEdit } from "./useEdit";
import { Value } from "./Value";
import { wholeText } from "./wholeText";

export function Stages({ data }: { data: StateData }) {
  const document = useDocument();
  const definition = useDefinition(data);
  const known = document?.state(data.state);
  // Only a task has a result that somebody else makes: the summary says who.
  const standing = data.stages.some((stage) => stage.progress === "here");
  const summary = known?.stateType === "Task" ? known.summary : "";
  return (
    <ol className={styles.stages} aria-label="Data at each stage">
      {data.stages.map((stage) => (
        <Stage
          key={stage.stage}
          stage={stage}
          frame={data.frame}
          definition={definition(stage)}
          opened={standing}
          summary={stage.stage === "result" ? summary : ""}
        />
      ))}
    </ol>
  );
}

/** How a stage looks: what the definition says nothing about lets the data through unchanged, if it has come so far. */
export function lookOf({ progress, value }: StageView): "passed" | "here" | "ahead" | "through" | "skipped" {
  if (progress === "unused") return value === null ? "skipped" : "through";
  return progress === "passed" || progress === "here" ? progress : "ahead";
}

/** What stands open at first: where we stand, and where data ends. */
export function opensAtFirst(stage: StageView): boolean {
  return stage.progress === "here" || (stage.stage === "output" && stage.progress === "passed");
}

/** At the right: that it was edited, else the size of what is there, else what the definition says. */
export function noteOf(stage: StageView, summary: string): string {
  if (stage.edited) return "edited";
  if (stage.value === null) return stage.note || summary;
  if (lookOf(stage) === "through") return "unchanged";
  return [stage.note, bytes(stage.value.bytes)].filter((part) => part !== "").join(" · ");
}

interface StageProps {
  stage: StageView;
  frame: number;
  /** What the definition says, to be shown while there is no value. */
  definition: string | null;
  /** It stands open at first: what is to come matters while the debugger stands before it. */
  opened: boolean;
  summary: string;
}

function Stage({ stage, frame, definition, opened, summary }: StageProps) {
  const [wish, setWish] = useState<boolean | null>(null);
  /** The whole text to begin the edit with. */
  const [edited, setEdited] = useState<string | null>(null);
  const session = useSession();
  const { value } = stage;
  const opens = value !== null || definition !== null;
  const open = opens && (wish ?? (opensAtFirst(stage) || (value === null && opened)));
  const edit = (value: ValueView | null) =>
    session.attempt(async () => setEdited(value ? await wholeText(session, value) : "null"));
  const shown =
    value === null ? (
      <JsonText text={definition ?? ""} className={styles.definition} />
    ) : edited !== null ? (
      <StageEditor stage={stage} frame={frame} text={edited} onClose={() => setEdited(null)} />
    ) : (
      <Value
        value={value}
        label={stage.title}
        tools={
          stage.editable ? (
            <Button size="small" onClick={() => void edit(value)}>
              Edit
            </Button>
          ) : null
        }
      />
    );
  return (
    <li
      className={join(styles.stage, styles[lookOf(stage)])}
      data-stage={stage.stage}
      data-progress={stage.progress}
    >
      <button
        type="button"
        className={styles.head}
        aria-expanded={opens ? open : undefined}
        aria-current={stage.progress === "here" ? "step" : undefined}
        disabled={!opens}
        onClick={() => setWish(!open)}
      >
        <span className={styles.title}>{stage.title}</span>
        {opens ? <ChevronRight size={13} strokeWidth={2} className={styles.arrow} aria-hidden /> : null}
        <span className={join(styles.note, stage.edited && styles.edited)}>{noteOf(stage, summary)}</span>
      </button>
      {open ? <div className={styles.value}>{shown}</div> : null}
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
