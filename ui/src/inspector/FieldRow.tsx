// One field of the form: its label, its control, what is wrong with it, and how to take it away.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../design/Button";
import { Field } from "../design/Field";
import type { FieldForm, StateForm } from "../transport/contract";
import {
  type ControlProps,
  NumberControl,
  PathControl,
  SelectControl,
  StateSelect,
  TextControl,
  ToggleControl,
} from "./controls";
import { Entries } from "./Entries";
import styles from "./inspector.module.css";
import { JsonControl } from "./JsonControl";
import { toTyped } from "./jsonTexts";
import { type Numbered, Problems, worst } from "./problems";
import { newCatcher, newRetrier, newRule } from "./starts";

interface FieldRowProps {
  form: StateForm;
  field: FieldForm;
  problems: readonly Numbered[];
  /** It was added to the form a moment ago, and has no value yet. */
  added: boolean;
  setField(pointer: string, value: string | null): Promise<boolean>;
  /** Takes a field that has no value out of the form. */
  onHide(): void;
}

export function FieldRow(props: FieldRowProps) {
  const { form, field, problems, setField } = props;
  const onCommit = (value: string | null) => setField(field.pointer, value);
  const title = field.name === "Default" ? "Otherwise" : field.name;
  const { control } = field;
  if (control.kind === "rules") {
    const rule = { noun: "Rule", start: newRule(form), emptyGoes: false };
    const options = form.fields.find((other) => other.control.kind === "state")?.control;
    const entries = control.rules.map(({ condition, next }, index) => ({
      words: <code>{condition || "no condition"}</code>,
      more: (
        <div className={styles.leads}>
          then go to
          <StateSelect
            label={`Rule ${index + 1} goes to`}
            value={next === "" ? null : JSON.stringify(next)}
            version={form.version}
            options={options?.kind === "state" ? options.options : []}
            onCommit={(to) => setField(`${field.pointer}/${index}/Next`, to)}
          />
        </div>
      ),
    }));
    return <EntryList {...props} {...rule} entries={entries} />;
  }
  if (control.kind === "handlers") {
    const handler =
      field.name === "Catch"
        ? { noun: "Catcher", start: newCatcher(form) }
        : { noun: "Retrier", start: newRetrier() };
    const entries = control.sentences.map((words) => ({ words }));
    return <EntryList {...props} {...handler} emptyGoes entries={entries} />;
  }
  const hint = field.value === null && field.absent ? `When absent: ${field.absent}` : undefined;
  return (
    <div className={styles.row}>
      <Field label={title} note={<Remove {...props} onCommit={onCommit} />} hint={hint}>
        {({ id }) =>
          one(props, title, {
            id,
            value: field.value,
            version: form.version,
            wrong: worst(problems),
            autoFocus: props.added,
            onCommit,
          })
        }
      </Field>
      <Problems problems={problems} />
    </div>
  );
}

/** Texts for people; all others are names that machines know. */
const PROSE = ["Comment", "Cause"];

function one({ form, field, onHide }: FieldRowProps, title: string, shared: ControlProps): ReactNode {
  const { control } = field;
  switch (control.kind) {
    case "text":
      return <TextControl {...shared} long={PROSE.includes(field.name)} code={!PROSE.includes(field.name)} />;
    case "number":
      return <NumberControl {...shared} />;
    case "path":
      return <PathControl {...shared} />;
    case "toggle":
      return <ToggleControl {...shared} label={toggleWords(field.name)} />;
    case "select":
      return <SelectControl {...shared} options={control.options} placeholder="Choose" />;
    case "state":
      return (
        <div className={styles.leads}>
          go to
          <StateSelect {...shared} options={control.options.filter((name) => mayLead(form, field, name))} />
        </div>
      );
    default:
      return (
        <JsonControl
          label={title}
          value={field.value}
          onCommit={shared.onCommit}
          onCancel={field.value === null ? onHide : undefined}
        />
      );
  }
}

/** A state that goes on with itself never ends: offered only where it says so already. */
function mayLead(form: StateForm, field: FieldForm, name: string): boolean {
  return name !== form.name || toTyped(field.value) === name;
}

function toggleWords(name: string): string {
  return name === "End" ? "The workflow, or this branch, ends here" : "Yes";
}

interface RemoveProps extends FieldRowProps {
  onCommit(value: string | null): Promise<boolean>;
}

function Remove({ field, added, onCommit, onHide }: RemoveProps) {
  if (field.value === null && !added) return null;
  return (
    <span className={styles.remove}>
      <IconButton
        icon={X}
        label={`Remove ${field.name}`}
        side="left"
        onClick={() => (field.value === null ? onHide() : void onCommit(null))}
      />
    </span>
  );
}

interface EntryListProps extends FieldRowProps {
  noun: string;
  start: string;
  emptyGoes: boolean;
  entries: { words: ReactNode; more?: ReactNode }[];
}

function EntryList(props: EntryListProps) {
  const { field, problems, added, setField, onHide, noun, start, emptyGoes, entries } = props;
  const ofEntries = /^\/\d+(\/|$)/;
  const own = problems.filter(({ problem }) => {
    return !ofEntries.test((problem.field ?? "").slice(field.pointer.length));
  });
  return (
    <div className={styles.row}>
      {field.control.kind === "handlers" ? <h4 className={styles.label}>{field.name}</h4> : null}
      <Entries
        noun={noun}
        pointer={field.pointer}
        value={field.value}
        entries={entries}
        problems={problems}
        start={start}
        emptyGoes={emptyGoes}
        added={added}
        onHide={onHide}
        setField={setField}
      />
      <Problems problems={own} />
    </div>
  );
}
