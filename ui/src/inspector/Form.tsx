// The form of a state: its name, its fields in groups, what could be added, its text. Errors have a tab of their own.
import { Code, Ellipsis, Plus } from "lucide-react";
import { useState } from "react";
import { menuItems } from "../design/actions";
import { Button, IconButton } from "../design/Button";
import { copyText } from "../design/copyText";
import { Problem } from "../design/Field";
import { JsonText } from "../design/JsonText";
import { Menu, type MenuItem } from "../design/Menu";
import type { OpenDocument } from "../session/document";
import { FLOW_STATES } from "../session/flowStates";
import { useSession, useSignal } from "../session/hooks";
import { stateActions } from "../session/stateActions";
import type { FieldForm, StateForm } from "../transport/contract";
import { SelectControl } from "./controls";
import { FieldRow } from "./FieldRow";
import styles from "./inspector.module.css";
import { outdent } from "./jsonTexts";
import { Problems, problemsAt, problemsOf } from "./problems";
import { useDraft } from "./useDraft";
import { useShowInCode } from "./useShowInCode";

export type FormTab = "state" | "errors";

/** The groups of each tab, in order; the first stands right below the name. */
const GROUPS: Record<FormTab, string[]> = { state: ["Behaviour", "Data", "Notes"], errors: ["Errors"] };

interface FormProps {
  document: OpenDocument;
  form: StateForm;
  tab: FormTab;
}

export function Form({ document, form, tab }: FormProps) {
  const { documents } = useSession();
  useSignal(document.analysis);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const problems = problemsOf(document, form.key);
  const rest = problems.filter(
    (one) => !form.fields.some((field) => problemsAt([one], field.pointer).length > 0),
  );
  const groups = GROUPS[tab];
  const fields = form.fields.filter((field) => groups.includes(field.group));
  const isShown = (field: FieldForm) =>
    field.value !== null ||
    added.has(field.name) ||
    field.usual ||
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
      <Heading document={document} form={form} />
      <p className={styles.sentence}>{form.sentence}</p>
      {tab === "state" ? <Problems problems={rest} /> : null}
      {form.stateType === null ? <Unreadable document={document} form={form} /> : null}
      {groups.map((group, index) => {
        const shown = fields.filter((field) => field.group === group && isShown(field));
        if (shown.length === 0) return null;
        return (
          <section key={group} className={styles[lookOf(group, index)]} aria-label={group}>
            {lookOf(group, index) === "group" ? <h3>{group}</h3> : null}
            {shown.map((field) => (
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
      {tab === "errors" && fields.length === 0 && form.stateType !== null ? (
        <p className={styles.hint}>
          A {form.stateType} state calls nothing that could fail, so there is nothing to retry or catch.
        </p>
      ) : null}
      <AddField fields={fields.filter((field) => !isShown(field))} groups={groups} onAdd={add} />
      {tab === "state" ? <Definition document={document} form={form} /> : null}
    </div>
  );
}

/** The first group stands right below the name, and what is only said about the state needs no heading. */
function lookOf(group: string, index: number): "first" | "plain" | "group" {
  if (index === 0) return "first";
  return group === "Notes" ? "plain" : "group";
}

function Heading({ document, form }: { document: OpenDocument; form: StateForm }) {
  const session = useSession();
  const [refused, setRefused] = useState<{ typed: string; message: string } | null>(null);
  const draft = useDraft(form.name, form.version, async (typed) => {
    const to = typed.trim();
    if (to === form.name) return false;
    const failure = await session.documents.rename(form.key, to);
    setRefused(failure && { typed, message: failure.message });
    return failure === null;
  });
  const problem = refused?.typed === draft.text ? refused.message : null;
  return (
    <>
      <h2 className={styles.name}>
        <input
          aria-label="Name of the state"
          aria-invalid={problem !== null || undefined}
          spellCheck={false}
          autoComplete="off"
          value={draft.text}
          onChange={draft.onChange}
          onBlur={draft.onBlur}
          onKeyDown={draft.onKeyDown}
        />
        <Menu align="end" items={menuItems(stateActions(session, document, form.key, copyText))}>
          <IconButton icon={Ellipsis} label={`What can be done with ${form.name}`} side="left" />
        </Menu>
      </h2>
      {problem === null ? null : <Problem severity="error">{problem}</Problem>}
    </>
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

interface AddFieldProps {
  fields: FieldForm[];
  groups: string[];
  onAdd(field: FieldForm): void;
}

function AddField({ fields, groups, onAdd }: AddFieldProps) {
  if (fields.length === 0) return null;
  const list = groups.flatMap((group): MenuItem[] => {
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
