// A value that is JSON: read in colours, edited in place.
import { Pencil } from "lucide-react";
import { useCallback, useState } from "react";
import { IconButton } from "../design/Button";
import { JsonCode } from "../design/code/JsonCode";
import { JsonText } from "../design/JsonText";
import { useSession } from "../session/hooks";
import styles from "./inspector.module.css";

interface JsonControlProps {
  label: string;
  /** JSON text; none = absent: then it is edited at once, from `start`. */
  value: string | null;
  start?: string;
  onCommit(value: string | null): Promise<boolean>;
  onCancel?(): void;
}

export function JsonControl({ label, value, start = "{}", onCommit, onCancel }: JsonControlProps) {
  const [editing, setEditing] = useState(false);
  if (value === null || editing) {
    const close = () => {
      setEditing(false);
      onCancel?.();
    };
    return <JsonEditor label={label} value={value ?? start} onCommit={onCommit} onClose={close} />;
  }
  return (
    <div className={styles.well}>
      <JsonText text={value} className={styles.json} />
      <span className={styles.tools}>
        <IconButton icon={Pencil} label={`Edit ${label}`} side="left" onClick={() => setEditing(true)} />
      </span>
    </div>
  );
}

interface JsonEditorProps {
  label: string;
  value: string;
  verb?: string;
  onCommit(value: string): Promise<boolean>;
  onClose(): void;
}

export function JsonEditor({ label, value, verb, onCommit, onClose }: JsonEditorProps) {
  const session = useSession();
  const check = useCallback((text: string) => session.checkJson(text), [session]);
  const commit = async (text: string) => {
    const taken = await onCommit(text);
    if (taken) onClose();
    return taken;
  };
  return (
    <JsonCode label={label} value={value} verb={verb} check={check} onCommit={commit} onCancel={onClose} />
  );
}
