// The row of a dialog that writes a file: where to, and what stands in the way there.
import { FolderOpen, Save } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/Button";
import { Field, TextInput } from "../../design/Field";
import { useSession } from "../../session/hooks";
import { CallFailure } from "../../transport/transport";
import styles from "./dialogs.module.css";

interface SaveRowProps {
  /** The file's name, as long as no other is typed; empty while it is not known. */
  name: string;
  /** Where it goes then. */
  folder: string;
  /** Answers the path of what was written; rejects with why it was not. */
  write(path: string, overwrite: boolean): Promise<string>;
  onDone(path: string): void;
}

export function SaveRow({ name, folder, write, onDone }: SaveRowProps) {
  const { dialogs } = useSession().transport;
  const [typed, setTyped] = useState<string | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const path = typed ?? (name === "" ? "" : `${folder}/${name}`);
  const exists = failure?.code === "file.exists";

  const save = async (overwrite: boolean, to = path) => {
    try {
      onDone(await write(to, overwrite));
    } catch (thrown) {
      setFailure(CallFailure.from(thrown));
    }
  };
  const choose = async () => {
    const chosen = await dialogs?.saveFile(name);
    if (!chosen) return;
    setTyped(chosen);
    // The system's dialog has asked about replacing already.
    await save(true, chosen);
  };
  const problem = failure ? [failure.message, failure.hint].filter(Boolean).join(" ") : null;
  return (
    <Field label="File" problem={problem}>
      {({ id, describedBy }) => (
        <div className={styles.row}>
          <TextInput
            id={id}
            aria-describedby={describedBy}
            code
            wrong={failure ? "error" : false}
            value={path}
            onChange={(event) => {
              setTyped(event.target.value);
              setFailure(null);
            }}
          />
          {dialogs ? (
            <Button icon={FolderOpen} onClick={() => void choose()}>
              Choose…
            </Button>
          ) : null}
          {exists ? (
            <Button kind="danger" icon={Save} onClick={() => void save(true)}>
              Replace
            </Button>
          ) : (
            <Button kind="primary" icon={Save} disabled={path === ""} onClick={() => void save(false)}>
              Save
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
