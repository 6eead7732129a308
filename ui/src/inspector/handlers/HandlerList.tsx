// Retriers or catchers, each on a card: the errors it is for, and what it does about them.
import { Braces } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../design/Button";
import { useSession } from "../../session/hooks";
import type { FieldForm, HandlerForm, StateForm } from "../../transport/contract";
import { EntryList, type EntryPlace } from "../EntryList";
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
  return (
    <EntryList
      form={form}
      field={field}
      entries={handlers}
      noun={field.name === "Retry" ? "retrier" : "catcher"}
      problems={problems}
      card={(handler, place) => <HandlerCard form={form} handler={handler} errors={errors} {...place} />}
    />
  );
}

interface CardProps extends EntryPlace {
  form: StateForm;
  handler: HandlerForm;
  errors: string[];
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
