// The control that edits a field of one value.
import type { ReactNode } from "react";
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
import styles from "./inspector.module.css";
import { JsonControl } from "./JsonControl";
import { toTyped } from "./jsonTexts";

/** Texts for people; all others are names that machines know. */
const PROSE = ["Comment", "Cause"];

interface Props {
  form: StateForm;
  field: FieldForm;
  shared: ControlProps;
  /** The accessible name, where no label can be tied to the control. */
  label: string;
  /** The words before a state, which can be chosen: `go to`, or `end here`. */
  lead?: ReactNode;
  /** Takes a field that has no value out of the form. */
  onHide?(): void;
}

export function FieldControlOf({ form, field, shared, label, lead, onHide }: Props): ReactNode {
  const { control, name } = field;
  switch (control.kind) {
    case "text":
      return <TextControl {...shared} long={PROSE.includes(name)} code={!PROSE.includes(name)} />;
    case "number":
      return <NumberControl {...shared} />;
    case "path":
      return <PathControl {...shared} />;
    case "toggle":
      // Chosen instead of another field, it is on.
      if (lead && field.value === "true") return <div className={styles.leads}>{lead}</div>;
      return <ToggleControl {...shared} label={toggleWords(name)} />;
    case "select":
      return (
        <SelectControl {...shared} options={control.options} placeholder={shared.placeholder ?? "Choose"} />
      );
    case "state":
      return (
        <div className={styles.leads}>
          {lead ?? <span>go to</span>}
          <StateSelect
            {...shared}
            options={control.options.filter((option) => mayLead(form, field, option))}
          />
        </div>
      );
    default:
      return <JsonControl label={label} value={field.value} onCommit={shared.onCommit} onCancel={onHide} />;
  }
}

/** A state that goes on with itself never ends: offered only where it says so already. */
function mayLead(form: StateForm, field: FieldForm, name: string): boolean {
  return name !== form.name || toTyped(field.value) === name;
}

function toggleWords(name: string): string {
  return name === "End" ? "The workflow, or this branch, ends here" : "Yes";
}
