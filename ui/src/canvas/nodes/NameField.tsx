// A state's name; while it is renamed, a field in its place.
import { type KeyboardEvent, useRef } from "react";
import { join } from "../../design/join";
import { useSession, useSignal } from "../../session/hooks";
import styles from "./NameField.module.css";

interface Props {
  stateKey: string;
  name: string;
  className?: string;
}

export function NameField({ stateKey, name, className }: Props) {
  const { selection } = useSession();
  const renamed = useSignal(selection.renaming) === stateKey;
  if (renamed) return <Field stateKey={stateKey} name={name} className={className} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same from the keyboard
    <span
      className={join(styles.name, className)}
      title={name.length > 22 ? name : undefined}
      onDoubleClick={() => selection.renaming.set(stateKey)}
    >
      {name}
    </span>
  );
}

function Field({ stateKey, name, className }: Props) {
  const { selection, documents } = useSession();
  const done = useRef(false);
  const finish = (to: string | null) => {
    if (done.current) return;
    done.current = true;
    selection.renaming.set(null);
    if (to !== null && to.trim() !== "" && to !== name) void documents.rename(stateKey, to);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === "Enter") finish(event.currentTarget.value);
    if (event.key === "Escape") finish(null);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the user asked to type here
      autoFocus
      aria-label="State name"
      className={join(styles.field, "nodrag nopan", className)}
      defaultValue={name}
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
    />
  );
}
