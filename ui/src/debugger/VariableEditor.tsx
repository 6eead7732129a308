// Puts another value into a variable where the debugger stands, or removes it.
import { useCallback, useEffect, useState } from "react";
import { JsonCode } from "../design/code/JsonCode";
import { Dialog } from "../design/Dialog";
import { useSession } from "../session/hooks";
import type { VariableView } from "../transport/contract";
import { useEdit } from "./useEdit";
import { wholeText } from "./wholeText";

interface VariableEditorProps {
  frame: number;
  variable: VariableView;
  onClose(): void;
}

export function VariableEditor({ frame, variable, onClose }: VariableEditorProps) {
  const session = useSession();
  const edit = useEdit(frame);
  const [text, setText] = useState<string | null>(null);
  const check = useCallback((text: string) => session.checkJson(text), [session]);
  const { value, name } = variable;
  useEffect(
    () => void session.attempt(async () => setText(await wholeText(session, value))),
    [session, value],
  );
  const commit = async (value: string) => {
    const done = await edit({ kind: "variable", name, value });
    if (done) onClose();
    return done;
  };
  return (
    <Dialog
      title={`Edit $${name}`}
      lead="From here on the run goes on with this value."
      wide
      onClose={onClose}
    >
      {text === null ? null : (
        <JsonCode
          label={`$${name}`}
          value={text}
          verb="Set"
          check={check}
          onCommit={commit}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
