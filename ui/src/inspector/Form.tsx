// The form of a state: its name, its fields in groups, what could be added, its text.
import { Code, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button";
import { Problem } from "../design/Field";
import { JsonText } from "../design/JsonText";
import { Menu, type MenuItem } from "../design/Menu";
import type { OpenDocument } from "../session/document";
import { FLOW_STATES } from "../session/flowStates";
import { useSession, useSignal } from "../session/hooks";
import type { FieldForm, StateForm } from "../transport/contract";
import { SelectControl } from "./controls";
import { FieldRow } from "./FieldRow";
import styles from "./inspector.module.css";
import { outdent } from "./jsonTexts";
import { Problems, problemsAt, problemsOf } from "./problems";
import { isUsual } from "./starts";
import { useDraft } from "./useDraft";
import { useShowInCode } from "./useShowInCode";

const GROUPS = ["Behaviour", "Data", "Errors", "Notes"];

export function Form({ document, form }: { document: OpenDocument; form: StateForm }) {
  const { documents } = useSession();
  useSignal(document.analysis);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const problems = problemsOf(document, form.key);
  const rest = problems.filter(
    (one) => !form.fields.some((field) => problemsAt([one], field.pointer).length > 0),
  );
  const isShown = (field: FieldForm) =>
    field.value !== null ||
    added.has(field.name) ||
    isUsual(form, field) ||
    problemsAt(problems, field.pointer).length > 0;
  const setField = (pointer: string, value: string | null) => documents.setField(form.key, pointer, value);
  const change = (name: string, shown: boolean) =>
    setAdded((before) => new Set(shown ? [...before, name] : [...before].filter((other) => other !== name)));
  const add = (field: FieldForm) => {
    // A switch has nothing to be typed: who adds it wants it on.
    if (field.control.kind === "toggle") void setField(field.pointer, "true");
    else change(field.name, true);
  };
  return (
    <div className={styles.form}>
      <Heading form={form} />
      <p className={styles.sentence}>{form.sentence}</p>
      <Problems problems={rest} />
      {form.stateType === null ? <Unreadable document={document} form={form} /> : null}
      {GROUPS.map((group) => {
        const fields = form.fields.filter((field) => field.group === group && isShown(field));
        if (fields.length === 0) return null;
        return (
          <section key={group} className={styles.group} aria-label={group}>
            <h3>{group}</h3>
            {fields.map((field) => (
              <FieldRow
                key={field.name}
                form={form}
                field={field}
                problems={problemsAt(problems, field.pointer)}
                added={added.has(field.name)}
                setField={setField}
                onHide={() => change(field.name, false)}
              />
            ))}
          </section>
        );
      })}
      <AddField fields={form.fields.filter((field) => !isShown(field))} onAdd={add} />
      <Definition document={document} form={form} />
      <div className={styles.end}>
        <Button size="small" kind="quiet" icon={Trash2} onClick={() => void documents.remove(form.key)}>
          Delete state
        </Button>
      </div>
    </div>
  );
}

function Heading({ form }: { form: StateForm }) {
  const { documents } = useSession();
  const draft = useDraft(form.name, form.version, (typed) => {
    const to = typed.trim();
    return to !== "" && to !== form.name ? documents.rename(form.key, to) : false;
  });
  return (
    <h2 className={styles.name}>
      <input
        aria-label="Name of the state"
        spellCheck={false}
        autoComplete="off"
        value={draft.text}
        onChange={draft.onChange}
        onBlur={draft.onBlur}
        onKeyDown={draft.onKeyDown}
      />
    </h2>
  );
}

function Unreadable({ document, form }: { document: OpenDocument; form: StateForm }) {
  const { documents } = useSession();
  const showInCode = useShowInCode(document, form.key);
  return (
    <section className={styles.group} aria-label="Unreadable">
      <Problem severity="error">
        This state's Type can't be read, so its fields can't be shown. Choose one, or mend it in the code.
      </Problem>
      <div className={styles.leads}>
        <SelectControl
          label="Type"
          value={null}
          version={form.version}
          options={FLOW_STATES.map((state) => state.stateType)}
          placeholder="Choose a type"
          onCommit={(value) => documents.setField(form.key, "/Type", value)}
        />
        <Button icon={Code} onClick={showInCode}>
          Show in code
        </Button>
      </div>
    </section>
  );
}

function AddField({ fields, onAdd }: { fields: FieldForm[]; onAdd(field: FieldForm): void }) {
  if (fields.length === 0) return null;
  const list = GROUPS.flatMap((group): MenuItem[] => {
    const some = fields.filter((field) => field.group === group);
    if (some.length === 0) return [];
    const rows = some.map(
      (field): MenuItem => ({
        title: field.name,
        note: field.absent ?? undefined,
        onSelect: () => onAdd(field),
      }),
    );
    return [{ heading: group }, ...rows];
  });
  return (
    <Menu items={list}>
      <Button kind="link" icon={Plus} className={styles.add}>
        Add field
      </Button>
    </Menu>
  );
}

function Definition({ document, form }: { document: OpenDocument; form: StateForm }) {
  const showInCode = useShowInCode(document, form.key);
  return (
    <details className={styles.definition}>
      <summary>Definition</summary>
      <JsonText text={outdent(form.text)} className={styles.json} />
      <Button kind="link" onClick={showInCode}>
        Show in code
      </Button>
    </details>
  );
}
