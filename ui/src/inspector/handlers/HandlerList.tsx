// Retriers or catchers, each on a card: the errors it is for, and what it does about them.
import { Braces, Plus } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../design/Button";
import { useSession } from "../../session/hooks";
import type { FieldForm, HandlerForm, StateForm } from "../../transport/contract";
import { FieldControlOf } from "../FieldControlOf";
import { JsonEditor } from "../JsonControl";
import { EntryCard } from "../lists";
import styles from "../lists.module.css";
import { type Numbered, Problems, problemsAt, worst } from "../problems";
import { ErrorNames } from "./ErrorNames";

interface Props {
  form: StateForm;
  field: FieldForm;
  handlers: HandlerForm[];
  /** Error names to choose from. */
  errors: string[];
  problems: readonly Numbered[];
}

export function HandlerList({ form, field, handlers, errors, problems }: Props) {
  const { documents } = useSession();
  const list = { state: form.key, field: field.name };
  const noun = field.name === "Retry" ? "retrier" : "catcher";
  const ofHandlers = handlers.flatMap((handler) => problemsAt(problems, handler.pointer));
  return (
    <>
      {handlers.map((handler, index) => (
        <HandlerCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a handler is what stands at its place
          key={index}
          title={`${noun === "retrier" ? "Retrier" : "Catcher"} ${index + 1}`}
          form={form}
          handler={handler}
          errors={errors}
          problems={problemsAt(problems, handler.pointer)}
          index={index}
          count={handlers.length}
          onMove={(to) => void documents.edit({ kind: "moveEntry", ...list, from: index, to })}
          onRemove={() => void documents.edit({ kind: "removeEntry", ...list, index })}
        />
      ))}
      <Problems problems={problems.filter((problem) => !ofHandlers.includes(problem))} />
      <div className={styles.adds}>
        <Button kind="link" icon={Plus} onClick={() => void documents.edit({ kind: "addEntry", ...list })}>
          Add {noun}
        </Button>
      </div>
    </>
  );
}

interface CardProps {
  title: string;
  form: StateForm;
  handler: HandlerForm;
  errors: string[];
  problems: readonly Numbered[];
  index: number;
  count: number;
  onMove(to: number): void;
  onRemove(): void;
}

function HandlerCard({ title, form, handler, errors, problems, ...place }: CardProps) {
  const { documents } = useSession();
  const [asJson, setAsJson] = useState(false);
  const set = (pointer: string, value: string | null) => documents.setField(form.key, pointer, value);
  const shown = handler.fields.filter((field) => field.usual || field.value !== null);
  const ofFields = shown.flatMap((field) => problemsAt(problems, field.pointer));
  const names = `${handler.pointer}/ErrorEquals`;
  const ofNames = problemsAt(problems, names);
  return (
    <EntryCard
      title={title}
      {...place}
      wrong={worst(problems)}
      tools={
        <IconButton
          icon={Braces}
          label={`Edit ${title} as JSON`}
          side="left"
          active={asJson}
          onClick={() => setAsJson(!asJson)}
        />
      }
    >
      {asJson ? (
        <JsonEditor
          label={title}
          value={handler.text}
          onCommit={(text) => set(handler.pointer, text)}
          onClose={() => setAsJson(false)}
        />
      ) : (
        <>
          <ErrorNames
            title={title}
            names={handler.errors}
            known={errors}
            onAdd={(name) => set(`${names}/-`, JSON.stringify(name))}
            onRemove={(at) => set(`${names}/${at}`, null)}
          />
          <Problems problems={ofNames} />
          <div className={styles.grid}>
            {shown.map((field) => (
              <Cell
                key={field.name}
                title={title}
                form={form}
                field={field}
                problems={problemsAt(problems, field.pointer)}
                onCommit={(value) => set(field.pointer, value)}
              />
            ))}
          </div>
        </>
      )}
      <Problems problems={problems.filter((one) => !ofFields.includes(one) && !ofNames.includes(one))} />
    </EntryCard>
  );
}

interface CellProps {
  title: string;
  form: StateForm;
  field: FieldForm;
  problems: readonly Numbered[];
  onCommit(value: string | null): Promise<boolean>;
}

function Cell({ title, form, field, problems, onCommit }: CellProps) {
  const { kind } = field.control;
  const narrow = kind === "number" || kind === "select";
  const id = `${title} ${field.name}`.replace(/\W+/g, "-");
  const shared = {
    id,
    value: field.value,
    version: form.version,
    placeholder: field.absent ?? undefined,
    wrong: worst(problems),
    onCommit,
  };
  return (
    <div className={narrow ? styles.cell : `${styles.cell} ${styles.wide}`}>
      <label htmlFor={id}>{field.title}</label>
      <FieldControlOf form={form} field={field} shared={shared} label={`${title}: ${field.title}`} />
      <Problems problems={problems} />
    </div>
  );
}
