// What a debugger can do in place of a task: give it a result, throw an error, skip a delay.
import { useCallback, useState } from "react";
import { Button } from "../design/Button";
import { JsonCode } from "../design/code/JsonCode";
import { Dialog } from "../design/Dialog";
import { Field, TextInput } from "../design/Field";
import { useDocument, useSession, useSignal, useStateRun } from "../session/hooks";
import type { StateData } from "../transport/contract";
import styles from "./DataTab.module.css";
import { useEdit } from "./useEdit";

export function DataActions({ data }: { data: StateData }) {
  const { run } = useSession();
  const paused = useSignal(run.paused);
  const state = useStateRun(data.state);
  const edit = useEdit(data.frame);
  const [asking, setAsking] = useState<"mock" | "throw" | null>(null);
  const held = paused?.frame === data.frame && paused.state === data.state;
  const delayed = state?.status === "waiting" || state?.status === "retrying";
  // Only a task calls something whose result or error can be put in place, as long as it has not answered.
  const answered = data.stages.some((stage) => stage.stage === "result" && stage.progress === "passed");
  const task = useDocument()?.state(data.state)?.stateType === "Task" && !answered;
  if (!(held && task) && !delayed) return null;
  return (
    <div className={styles.actions}>
      {held && task ? (
        <>
          <Button size="small" onClick={() => setAsking("mock")}>
            Mock result…
          </Button>
          <Button size="small" onClick={() => setAsking("throw")}>
            Throw error…
          </Button>
        </>
      ) : null}
      {delayed ? (
        <Button size="small" onClick={() => void edit({ kind: "skipDelay" })}>
          Skip delay
        </Button>
      ) : null}
      {asking === "mock" ? <MockDialog data={data} onClose={() => setAsking(null)} /> : null}
      {asking === "throw" ? <ThrowDialog data={data} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

function MockDialog({ data, onClose }: { data: StateData; onClose(): void }) {
  const session = useSession();
  const edit = useEdit(data.frame);
  const check = useCallback((text: string) => session.checkJson(text), [session]);
  const commit = async (value: string) => {
    const done = await edit({ kind: "mockResult", value });
    if (done) onClose();
    return done;
  };
  return (
    <Dialog title="Mock result" lead="The task is not called: it answers with this." wide onClose={onClose}>
      <JsonCode
        label="Result"
        value="{}"
        verb="Use as result"
        check={check}
        onCommit={commit}
        onCancel={onClose}
      />
    </Dialog>
  );
}

function ThrowDialog({ data, onClose }: { data: StateData; onClose(): void }) {
  const edit = useEdit(data.frame);
  const [error, setError] = useState("States.TaskFailed");
  const [cause, setCause] = useState("");
  const send = async () => {
    if (error.trim() !== "" && (await edit({ kind: "throw", error: error.trim(), cause }))) onClose();
  };
  return (
    <Dialog
      title="Throw error"
      lead="The task is not called: it fails with this."
      onClose={onClose}
      onSubmit={() => void send()}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={error.trim() === ""}>
            Throw
          </Button>
        </>
      }
    >
      <Field label="Error">
        {({ id }) => (
          <TextInput id={id} code value={error} onChange={(event) => setError(event.target.value)} />
        )}
      </Field>
      <Field label="Cause">
        {({ id }) => <TextInput id={id} value={cause} onChange={(event) => setCause(event.target.value)} />}
      </Field>
    </Dialog>
  );
}
