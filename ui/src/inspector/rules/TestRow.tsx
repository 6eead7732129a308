// One comparison: what is looked at, how, and with what it is compared.
import type { CSSProperties, ReactNode } from "react";
import { useState } from "react";
import { Problem, TextInput } from "../../design/Field";
import { Select } from "../../design/Select";
import type { ConditionForm, OperatorForm, RuleChange, StateForm } from "../../transport/contract";
import { isNumber, toTyped } from "../jsonTexts";
import { type Numbered, problemsAt, worst } from "../problems";
import { useDraft } from "../useDraft";
import styles from "./rules.module.css";

interface Props {
  form: StateForm;
  condition: ConditionForm & { kind: "test" };
  operators: OperatorForm[];
  name: string;
  problems: readonly Numbered[];
  tools: ReactNode;
  change(to: RuleChange): Promise<boolean>;
}

/** What an operand begins with. */
const STARTS: Record<string, string> = { number: "0", text: '""', timestamp: '"2030-01-01T00:00:00Z"' };
const START_PATH = '"$.value"';

export function TestRow({ form, condition, operators, name, problems, tools, change }: Props) {
  const { variable, byPath, operand } = condition;
  const operator = operators[condition.operator];
  const own = problemsAt(problems, condition.pointer);
  const ofVariable = problemsAt(problems, `${condition.pointer}/Variable`);
  const test = (
    to: OperatorForm | undefined,
    path: boolean,
    next: { variable?: string; operand?: string },
  ): Promise<boolean> => {
    const spelled = path ? to?.byPath : to?.literal;
    if (!spelled) return Promise.resolve(false);
    const all = { variable, operand: to?.fixed ?? operand, ...next };
    return change({ kind: "test", operator: spelled, ...all });
  };
  const choose = (index: string) => {
    const to = operators[Number(index)];
    if (!to) return;
    // A path stays one where the new operator takes one; a value stays where it is of the same kind.
    const path = to.literal === null || (byPath && to.byPath !== null);
    const same = path === byPath && (path || to.operand === operator?.operand);
    const start = path ? START_PATH : (to.fixed ?? STARTS[to.operand] ?? "true");
    void test(to, path, { operand: same && to.fixed === null ? operand : start });
  };
  const toggle = () => {
    const start = byPath ? (STARTS[operator?.operand ?? ""] ?? "true") : START_PATH;
    const kept = !byPath && toTyped(operand).startsWith("$");
    void test(operator, !byPath, { operand: kept ? operand : start });
  };
  const wrong = worst(own);
  return (
    <div className={styles.test}>
      <Typed
        label={`${name}: variable`}
        className={styles.variable}
        value={variable}
        version={form.version}
        wrong={ofVariable.length > 0 ? wrong : false}
        accept={(typed) => typed.trim() !== ""}
        complaint="A path is expected here, such as $.total."
        onCommit={(typed) => test(operator, byPath, { variable: typed.trim() })}
      />
      <Select
        quiet
        className={styles.operator}
        label={`${name}: operator`}
        value={String(condition.operator)}
        options={operators.map(({ group, words }, index) => ({ value: String(index), title: words, group }))}
        onChange={choose}
      />
      {operator && operator.fixed === null ? (
        <Typed
          label={`${name}: ${byPath ? "path to compare with" : "value"}`}
          className={styles.operand}
          value={toTyped(operand)}
          version={form.version}
          wrong={own.length > ofVariable.length ? wrong : false}
          accept={(typed) => byPath || operator.operand !== "number" || isNumber(typed.trim())}
          complaint="A number is expected here, such as 10."
          onCommit={(typed) => {
            const number = !byPath && operator.operand === "number";
            return test(operator, byPath, { operand: number ? typed.trim() : JSON.stringify(typed) });
          }}
        />
      ) : null}
      {operator?.byPath && operator.literal ? (
        <button
          type="button"
          className={styles.path}
          aria-pressed={byPath}
          aria-label={`${name}: compare with what is at a path`}
          title={byPath ? "Compare with a value instead" : "Compare with what is at a path"}
          onClick={toggle}
        >
          path
        </button>
      ) : null}
      {tools}
    </div>
  );
}

interface TypedProps {
  label: string;
  className?: string;
  value: string;
  version: number;
  wrong: "error" | "warning" | false;
  accept(typed: string): boolean;
  complaint: string;
  onCommit(typed: string): Promise<boolean>;
}

function Typed({ label, className, value, version, wrong, accept, complaint, onCommit }: TypedProps) {
  const [refused, setRefused] = useState(false);
  const draft = useDraft(value, version, (typed) => {
    const good = accept(typed);
    setRefused(!good);
    return good ? onCommit(typed) : false;
  });
  // As wide as what is in it, within reason: the row breaks where they do not fit side by side.
  const width = Math.min(26, Math.max(6, draft.text.length));
  const style: CSSProperties = { flex: `1 1 calc(${width}ch + 22px)`, width: 0 };
  return (
    <>
      <TextInput
        code
        aria-label={label}
        className={className}
        style={style}
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
      {refused ? <Problem severity="error">{complaint}</Problem> : null}
    </>
  );
}
