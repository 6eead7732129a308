// What a Task calls: a function of the project or another resource, and how it waits for it.
import { SquareFunction } from "lucide-react";
import { Select } from "../design/Select";
import { useSession } from "../session/hooks";
import type { FieldControl, FieldForm, StateForm } from "../transport/contract";
import { type ControlProps, TextControl } from "./controls";
import styles from "./inspector.module.css";

interface Props {
  form: StateForm;
  field: FieldForm;
  control: FieldControl & { kind: "resource" };
  shared: ControlProps;
}

export function ResourceControl({ form, field, control, shared }: Props) {
  const { documents } = useSession();
  const { function: used, functions, patterns, pattern, title } = control;
  const set = (pointer: string, text: string) =>
    void documents.setField(form.key, pointer, JSON.stringify(text));
  const choose = (name: string) => {
    const found = functions.find((option) => option.name === name);
    if (found && used) set(used.pointer, found.reference);
  };
  const options = functions.map(({ name, runtime }) => ({
    value: name,
    title: (
      <span className={styles.option}>
        <SquareFunction size={14} strokeWidth={1.75} aria-hidden />
        <span>{name}</span>
        <small>{runtime}</small>
      </span>
    ),
  }));
  // What is named may be none of them.
  const foreign = used && used.name === null ? [{ value: used.reference, title: used.reference }] : [];
  return (
    <div className={styles.resource}>
      {used && functions.length > 0 ? (
        <div className={styles.pair}>
          <span>{title}</span>
          <Select
            label="Function"
            className={styles.select}
            value={used.name ?? used.reference}
            options={[...foreign, ...options]}
            onChange={choose}
          />
        </div>
      ) : null}
      {patterns.length > 1 ? (
        <div className={styles.pair}>
          <span>Pattern</span>
          <Select
            label="Integration pattern"
            className={styles.select}
            value={pattern === null ? "" : String(pattern)}
            placeholder="Choose"
            options={patterns.map((one, index) => ({ value: String(index), title: one.title }))}
            onChange={(index) => {
              const to = patterns[Number(index)];
              if (to) set(field.pointer, to.resource);
            }}
          />
        </div>
      ) : null}
      <TextControl {...shared} long={false} code />
    </div>
  );
}
