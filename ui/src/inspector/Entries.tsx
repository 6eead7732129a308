// Rules, retriers and catchers: one card each, in words; edited as JSON in place, moved, added, taken away.
import { ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, IconButton } from "../design/Button";
import { join } from "../design/join";
import styles from "./inspector.module.css";
import { JsonEditor } from "./JsonControl";
import { items } from "./jsonTexts";
import { type Numbered, Problems, problemsAt, worst } from "./problems";

export interface Entry {
  words: ReactNode;
  /** Below the words, such as where it leads. */
  more?: ReactNode;
}

interface EntriesProps {
  /** What one of them is called: `Rule`. */
  noun: string;
  pointer: string;
  /** The array's JSON text; none = absent. */
  value: string | null;
  entries: readonly Entry[];
  problems: readonly Numbered[];
  /** What a new one begins with. */
  start: string;
  /** The field itself goes with its last entry. */
  emptyGoes: boolean;
  /** Begins with a new one, as the field was just added. */
  added: boolean;
  /** The field was added and nothing came of it. */
  onHide(): void;
  setField(pointer: string, value: string | null): Promise<boolean>;
}

export function Entries(props: EntriesProps) {
  const { noun, pointer, value, entries, problems, start, emptyGoes, added, setField, onHide } = props;
  /** The entry that is edited; the one after the last is new. */
  const [editing, setEditing] = useState<number | null>(added ? entries.length : null);
  const texts = items(value ?? "");
  const at = (index: number) => `${pointer}/${index}`;
  const remove = (index: number) =>
    setField(texts.length === 1 && emptyGoes ? pointer : at(index), null).then(() => setEditing(null));
  const raise = (index: number) => {
    const order = [...texts];
    order.splice(index - 1, 0, ...order.splice(index, 1));
    return setField(pointer, `[${order.join(", ")}]`);
  };
  const add = (text: string) =>
    texts.length === 0 ? setField(pointer, `[${text}]`) : setField(at(texts.length), text);
  return (
    <>
      {entries.map((entry, index) => (
        <EntryCard
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry is what stands at its place
          key={index}
          title={`${noun} ${index + 1}`}
          entry={entry}
          text={texts[index] ?? "{}"}
          problems={problemsAt(problems, at(index))}
          editing={editing === index}
          onEdit={(on) => setEditing(on ? index : null)}
          onCommit={(text) => setField(at(index), text)}
          onRaise={index > 0 && texts.length === entries.length ? () => void raise(index) : null}
          onRemove={() => void remove(index)}
        />
      ))}
      {editing === entries.length ? (
        <JsonEditor
          label={`New ${noun.toLowerCase()}`}
          verb="Add"
          value={start}
          onCommit={add}
          onClose={() => {
            setEditing(null);
            if (value === null) onHide();
          }}
        />
      ) : (
        <Button kind="link" icon={Plus} className={styles.add} onClick={() => setEditing(entries.length)}>
          Add {noun.toLowerCase()}
        </Button>
      )}
    </>
  );
}

interface EntryCardProps {
  title: string;
  entry: Entry;
  text: string;
  problems: readonly Numbered[];
  editing: boolean;
  onEdit(on: boolean): void;
  onCommit(text: string): Promise<boolean>;
  onRaise: (() => void) | null;
  onRemove(): void;
}

function EntryCard(props: EntryCardProps) {
  const { title, entry, text, problems, editing, onEdit, onCommit, onRaise, onRemove } = props;
  const wrong = worst(problems);
  return (
    <section className={styles.entry} aria-label={title}>
      <div className={styles.entryHead}>
        <h4>{title}</h4>
        <span className={styles.entryTools}>
          {onRaise ? <IconButton icon={ArrowUp} label={`Move ${title} up`} onClick={onRaise} /> : null}
          <IconButton
            icon={Pencil}
            label={`Edit ${title}`}
            active={editing}
            onClick={() => onEdit(!editing)}
          />
          <IconButton icon={Trash2} label={`Remove ${title}`} onClick={onRemove} />
        </span>
      </div>
      {editing ? (
        <JsonEditor label={title} value={text} onCommit={onCommit} onClose={() => onEdit(false)} />
      ) : (
        <div className={join(styles.card, wrong && styles[wrong])}>
          <div className={styles.words}>{entry.words}</div>
          <Problems problems={problems} />
          {entry.more}
        </div>
      )}
    </section>
  );
}
