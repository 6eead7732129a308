// Expressions over the data shown, each with its value; what they find changes as the run moves.
import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "../design/Button";
import { JsonText } from "../design/JsonText";
import { join } from "../design/join";
import { oneLine } from "../design/oneLine";
import { useSession, useSignal } from "../session/hooks";
import type { Evaluation, GetStateData, StateData } from "../transport/contract";
import styles from "./Watches.module.css";

interface WatchesProps {
  of: GetStateData;
  /** Evaluated again with each new answer. */
  data: StateData;
}

export function Watches({ of, data }: WatchesProps) {
  const { watches } = useSession();
  const list = useSignal(watches.list);
  const results = useResults(list, of, data);
  const [edited, setEdited] = useState<number | null>(null);
  return (
    <section className={styles.watches} aria-label="Watch">
      <h3>Watch</h3>
      <div className={styles.well}>
        {list.map((expression, index) =>
          edited === index ? (
            <Edit
              key={expression}
              text={expression}
              onDone={(text) => {
                setEdited(null);
                if (text !== null) watches.replace(index, text);
              }}
            />
          ) : (
            <Row
              key={expression}
              expression={expression}
              result={results[index]}
              onEdit={() => setEdited(index)}
              onRemove={() => watches.remove(index)}
            />
          ),
        )}
        <Add onAdd={(text) => watches.add(text)} />
      </div>
    </section>
  );
}

function useResults(list: readonly string[], of: GetStateData, data: StateData): readonly Evaluation[] {
  const { transport } = useSession();
  const [results, setResults] = useState<readonly Evaluation[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new data may give another value
  useEffect(() => {
    if (list.length === 0) return;
    let stale = false;
    transport
      .call("debug.evaluate", { of, expressions: [...list] })
      .then(({ results }) => !stale && setResults(results))
      // The data above says what is the matter.
      .catch(() => !stale && setResults([]));
    return () => {
      stale = true;
    };
  }, [transport, list, of, data]);
  return results;
}

interface RowProps {
  expression: string;
  result: Evaluation | undefined;
  onEdit(): void;
  onRemove(): void;
}

function Row({ expression, result, onEdit, onRemove }: RowProps) {
  const [open, setOpen] = useState(false);
  const value = result?.value ?? null;
  const long = value !== null && (value.includes("\n") || value.length > 24);
  return (
    <div className={join(styles.row, open && styles.open)}>
      <button type="button" className={styles.expression} title={`${expression}: edit`} onClick={onEdit}>
        {expression}
      </button>
      {value !== null ? (
        <button
          type="button"
          className={styles.value}
          aria-expanded={long ? open : undefined}
          disabled={!long}
          onClick={() => setOpen(!open)}
        >
          <JsonText text={open ? value : oneLine(value)} className={styles.text} />
        </button>
      ) : (
        <span className={styles.problem} title={result?.problem ?? undefined}>
          {result?.problem ?? "–"}
        </span>
      )}
      <IconButton icon={X} label={`Remove ${expression}`} side="left" onClick={onRemove} />
    </div>
  );
}

function Edit({ text, onDone }: { text: string; onDone(text: string | null): void }) {
  const done = useRef(false);
  const finish = (to: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(to);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the user asked to type here
      autoFocus
      aria-label="Expression"
      className={styles.input}
      defaultValue={text}
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => onEnter(event, finish)}
    />
  );
}

function Add({ onAdd }: { onAdd(text: string): void }) {
  const [text, setText] = useState("");
  return (
    <label className={styles.add}>
      <Plus size={13} strokeWidth={2} aria-hidden />
      <input
        aria-label="Watch an expression"
        className={styles.input}
        placeholder="$.total, $$.State.RetryCount"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) =>
          onEnter(event, (to) => {
            if (to !== null) onAdd(to);
            setText("");
          })
        }
      />
    </label>
  );
}

function onEnter(event: KeyboardEvent<HTMLInputElement>, finish: (text: string | null) => void): void {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  finish(event.key === "Enter" ? event.currentTarget.value : null);
}
