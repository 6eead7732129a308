// The errors that a retrier or catcher is for: each can be taken away, another one chosen or typed.
import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { TextInput } from "../../design/Field";
import styles from "../lists.module.css";

interface Props {
  title: string;
  names: string[];
  known: string[];
  onAdd(name: string): Promise<boolean>;
  onRemove(index: number): Promise<boolean>;
}

export function ErrorNames({ title, names, known, onAdd, onRemove }: Props) {
  const list = useId();
  const [typed, setTyped] = useState("");
  const add = async () => {
    const name = typed.trim();
    if (name === "" || names.includes(name)) return setTyped("");
    if (await onAdd(name)) setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      void add();
    }
    if (event.key === "Escape" && typed !== "") {
      event.stopPropagation();
      setTyped("");
    }
  };
  return (
    <>
      <ul className={styles.names} aria-label={`${title}: errors`}>
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name is what stands at its place
          <li key={index} className={styles.name}>
            {name}
            <button
              type="button"
              aria-label={`Remove ${name} from ${title}`}
              onClick={() => void onRemove(index)}
            >
              <X size={12} strokeWidth={1.75} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <TextInput
        code
        list={list}
        aria-label={`Add an error to ${title}`}
        placeholder="Add an error, such as States.Timeout"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => void add()}
      />
      <datalist id={list}>
        {known
          .filter((name) => !names.includes(name))
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
    </>
  );
}
