// A state's name; while it is renamed, a field in its place. A name that the core refuses stays in the field, with why.
import { type KeyboardEvent, useId, useRef, useState } from "react";
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
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  /** What is being asked for, so that Enter and the blur after it ask once. */
  const asked = useRef<string | null>(null);
  const close = () => {
    if (selection.renaming.get() === stateKey) selection.renaming.set(null);
  };
  const finish = async (to: string) => {
    if (to === asked.current) return;
    if (to === name) return close();
    asked.current = to;
    const failure = await documents.rename(stateKey, to.trim() === "" ? "" : to);
    if (failure) setProblem(failure.message);
    else close();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === "Enter") void finish(event.currentTarget.value);
    if (event.key === "Escape") close();
  };
  return (
    <span className={styles.edited}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the user asked to type here
        autoFocus
        aria-label="State name"
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        className={join(styles.field, problem !== null && styles.wrong, "nodrag nopan", className)}
        defaultValue={name}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onInput={() => {
          asked.current = null;
          setProblem(null);
        }}
        onBlur={(event) => selection.renaming.get() === stateKey && void finish(event.currentTarget.value)}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={onKeyDown}
      />
      {problem === null ? null : (
        <span id={problemId} role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </span>
  );
}
