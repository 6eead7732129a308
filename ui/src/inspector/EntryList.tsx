// The entries of a list in the definition (rules, retriers, catchers), each on a card: move, remove, add.
import { Plus } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Button } from "../design/Button";
import { useSession } from "../session/hooks";
import type { FieldForm, StateForm } from "../transport/contract";
import styles from "./lists.module.css";
import { type Numbered, Problems, problemsAt } from "./problems";

/** What a card is told about its place in the list. */
export interface EntryPlace {
  title: string;
  problems: readonly Numbered[];
  index: number;
  count: number;
  onMove(to: number): void;
  onRemove(): void;
}

interface Props<E> {
  form: StateForm;
  field: FieldForm;
  entries: E[];
  /** What an entry is called, such as "rule". */
  noun: string;
  problems: readonly Numbered[];
  card(entry: E, place: EntryPlace): ReactNode;
}

export function EntryList<E extends { pointer: string }>(props: Props<E>) {
  const { form, field, entries, noun, problems, card } = props;
  const { documents } = useSession();
  const list = { state: form.key, field: field.name };
  const ofEntries = entries.flatMap((entry) => problemsAt(problems, entry.pointer));
  const title = `${noun[0]?.toUpperCase()}${noun.slice(1)}`;
  return (
    <>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is what stands at its place
        <Fragment key={index}>
          {card(entry, {
            title: `${title} ${index + 1}`,
            problems: problemsAt(problems, entry.pointer),
            index,
            count: entries.length,
            onMove: (to) => void documents.edit({ kind: "moveEntry", ...list, from: index, to }),
            onRemove: () => void documents.edit({ kind: "removeEntry", ...list, index }),
          })}
        </Fragment>
      ))}
      <Problems problems={problems.filter((problem) => !ofEntries.includes(problem))} />
      <div className={styles.adds}>
        <Button kind="link" icon={Plus} onClick={() => void documents.edit({ kind: "addEntry", ...list })}>
          Add {noun}
        </Button>
      </div>
    </>
  );
}
