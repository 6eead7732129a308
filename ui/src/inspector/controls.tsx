// The controls of one line: text, number, path, toggle, one of a list, a state.
import { type ReactNode, useState } from "react";
import { Problem, TextArea, TextInput } from "../design/Field";
import { Icon } from "../design/icons";
import { Select, type SelectOption } from "../design/Select";
import { Switch } from "../design/Switch";
import { useDocument } from "../session/hooks";
import styles from "./inspector.module.css";
import { isExpression, isNumber, toTyped } from "./jsonTexts";
import { useDraft } from "./useDraft";

export interface ControlProps {
  id?: string;
  /** The accessible name, where no label is tied to `id`. */
  label?: string;
  /** JSON text; none = absent. */
  value: string | null;
  version: number;
  placeholder?: string;
  wrong?: "error" | "warning" | false;
  autoFocus?: boolean;
  /** JSON text; none removes. Resolves with whether it was taken. */
  onCommit(value: string | null): Promise<boolean>;
}

/** Long texts and those of several lines get the room they need. Shift+Enter breaks the line. */
export function TextControl({ long, code, ...props }: ControlProps & { long: boolean; code?: boolean }) {
  const { id, value, version, placeholder, wrong, autoFocus, onCommit } = props;
  const typed = toTyped(value);
  const draft = useDraft(typed, version, (text) => onCommit(text === "" ? null : JSON.stringify(text)));
  const shared = {
    id,
    code,
    placeholder,
    wrong,
    autoFocus,
    onBlur: draft.onBlur,
    onKeyDown: draft.onKeyDown,
  };
  if (long || typed.includes("\n") || typed.length > 60) {
    const rows = Math.min(10, Math.max(2, draft.text.split("\n").length, Math.ceil(draft.text.length / 42)));
    return <TextArea {...shared} rows={rows} value={draft.text} onChange={draft.onChange} />;
  }
  return <TextInput {...shared} value={draft.text} onChange={draft.onChange} />;
}

export function NumberControl({ id, value, version, placeholder, wrong, autoFocus, onCommit }: ControlProps) {
  const [refused, setRefused] = useState(false);
  const draft = useDraft(toTyped(value), version, (typed) => {
    const text = typed.trim();
    const good = text === "" || isNumber(text) || isExpression(text);
    setRefused(!good);
    if (!good) return false;
    return onCommit(text === "" ? null : isNumber(text) ? text : JSON.stringify(text));
  });
  return (
    <>
      <TextInput
        id={id}
        code
        inputMode="decimal"
        placeholder={placeholder}
        autoFocus={autoFocus}
        wrong={refused ? "error" : wrong}
        value={draft.text}
        onChange={(event) => {
          setRefused(false);
          draft.onChange(event);
        }}
        onBlur={draft.onBlur}
        onKeyDown={(event) => {
          if (event.key === "Escape") setRefused(false);
          draft.onKeyDown(event);
        }}
      />
      {refused ? <Problem severity="error">A number is expected here, such as 30.</Problem> : null}
    </>
  );
}

/** Paths and expressions; where the service takes a number or null too, those go without quotes. */
export function PathControl({ id, value, version, placeholder, wrong, autoFocus, onCommit }: ControlProps) {
  const draft = useDraft(toTyped(value), version, (typed) => {
    const text = typed.trim();
    if (text === "") return onCommit(null);
    return onCommit(text === "null" || isNumber(text) ? text : JSON.stringify(text));
  });
  return (
    <TextInput
      id={id}
      code
      placeholder={placeholder}
      autoFocus={autoFocus}
      wrong={wrong}
      value={draft.text}
      onChange={draft.onChange}
      onBlur={draft.onBlur}
      onKeyDown={draft.onKeyDown}
    />
  );
}

export function ToggleControl({ value, label, onCommit }: ControlProps) {
  return (
    <Switch checked={value === "true"} onChange={(on) => void onCommit(on ? "true" : null)}>
      {label}
    </Switch>
  );
}

interface ChoiceProps extends ControlProps {
  options: readonly string[];
  /** What stands for an option, if not its own text. */
  title?(option: string): ReactNode;
}

export function SelectControl({ id, label, value, options, placeholder, title, onCommit }: ChoiceProps) {
  const current = toTyped(value);
  // What is there is shown, even where it is not among the choices.
  const all = current === "" || options.includes(current) ? options : [current, ...options];
  const shown = all.map((option): SelectOption => ({ value: option, title: title?.(option) ?? option }));
  return (
    <Select
      id={id}
      label={label}
      className={styles.select}
      value={current}
      options={shown}
      placeholder={placeholder}
      onChange={(option) => void onCommit(JSON.stringify(option))}
    />
  );
}

export function StateSelect(props: ChoiceProps) {
  const document = useDocument();
  const title = (name: string) => (
    <span className={styles.option}>
      <Icon name={document?.state(name)?.icon ?? "unknown"} size={14} />
      <span>{name}</span>
    </span>
  );
  return <SelectControl {...props} title={title} placeholder="Choose a state" />;
}
