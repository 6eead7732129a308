// One field of the form: its label, its control, what is wrong with it, and how to take it away.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../design/Button";
import { Field } from "../design/Field";
import type { FieldForm, StateForm } from "../transport/contract";
import { Alternatives } from "./Alternatives";
import { BranchList } from "./BranchList";
import { FieldControlOf } from "./FieldControlOf";
import { HandlerList } from "./handlers/HandlerList";
import styles from "./inspector.module.css";
import { type Numbered, Problems, worst } from "./problems";
import { ResourceControl } from "./ResourceControl";
import { RuleList } from "./rules/RuleList";

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
  const { control } = field;
  const list = { form, field, problems };
  switch (control.kind) {
    case "rules":
      return (
        <div className={styles.list}>
          <RuleList {...list} {...control} />
        </div>
      );
    case "handlers":
      return (
        <Titled field={field}>
          <HandlerList {...list} {...control} />
        </Titled>
      );
    case "branches":
      return (
        <Titled field={field}>
          <BranchList {...list} {...control} />
        </Titled>
      );
  }
  const onCommit = (value: string | null) => setField(field.pointer, value);
  const hint = field.value === null && field.absent ? `When absent: ${field.absent}` : undefined;
  // Where the flow goes on is one sentence: "go to" some state, or "end here".
  const inline = control.kind === "state" || control.kind === "toggle";
  const alternatives = field.alternatives.length > 0 ? <Alternatives form={form} field={field} /> : null;
  const note = (
    <span className={styles.notes}>
      <Remove {...props} onCommit={onCommit} />
      {inline ? null : alternatives}
    </span>
  );
  return (
    <div className={styles.row}>
      <Field label={field.title} note={note} hint={hint}>
        {({ id }) => {
          const shared = {
            id,
            value: field.value,
            version: form.version,
            wrong: worst(problems),
            autoFocus: props.added,
            onCommit,
          };
          if (control.kind === "resource")
            return <ResourceControl form={form} field={field} control={control} shared={shared} />;
          return (
            <FieldControlOf
              form={form}
              field={field}
              shared={shared}
              label={field.title}
              lead={inline ? alternatives : null}
              onHide={props.onHide}
            />
          );
        }}
      </Field>
      <Problems problems={problems} />
    </div>
  );
}

function Titled({ field, children }: { field: FieldForm; children: ReactNode }) {
  const hint = field.value === null ? field.absent : null;
  return (
    <section className={styles.list} aria-label={field.title}>
      <h4 className={styles.label}>{field.title}</h4>
      {hint ? <p className={styles.hint}>When absent: {hint}</p> : null}
      {children}
    </section>
  );
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
