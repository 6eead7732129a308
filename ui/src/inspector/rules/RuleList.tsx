// The rules of a Choice, each as a sentence on a card.
import { Braces } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../design/Button";
import { useSession } from "../../session/hooks";
import type { FieldForm, OperatorForm, RuleForm, StateForm } from "../../transport/contract";
import { StateSelect } from "../controls";
import { EntryList, type EntryPlace } from "../EntryList";
import { JsonControl, JsonEditor } from "../JsonControl";
import { EntryCard } from "../lists";
import lists from "../lists.module.css";
import { type Numbered, Problems, problemsAt, worst } from "../problems";
import { Condition } from "./Condition";

interface Props {
  form: StateForm;
  field: FieldForm;
  rules: RuleForm[];
  operators: OperatorForm[];
  /** States to lead to. */
  options: string[];
  problems: readonly Numbered[];
}

export function RuleList({ form, field, rules, operators, options, problems }: Props) {
  return (
    <EntryList
      form={form}
      field={field}
      entries={rules}
      noun="rule"
      problems={problems}
      card={(rule, place) => (
        <RuleCard form={form} rule={rule} operators={operators} options={options} {...place} />
      )}
    />
  );
}

interface CardProps extends EntryPlace {
  form: StateForm;
  rule: RuleForm;
  operators: OperatorForm[];
  options: string[];
}

function RuleCard(props: CardProps) {
  const { title, form, rule, operators, options, problems, index, count, onMove, onRemove } = props;
  const { documents } = useSession();
  const [asJson, setAsJson] = useState(false);
  const set = (pointer: string, value: string | null) => documents.setField(form.key, pointer, value);
  const next = `${rule.pointer}/Next`;
  const ofNext = problemsAt(problems, next);
  const exotic = rule.condition.kind === "other";
  return (
    <EntryCard
      title={title}
      index={index}
      count={count}
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
      onMove={onMove}
      onRemove={onRemove}
    >
      {asJson ? (
        <JsonEditor
          label={title}
          value={rule.text}
          onCommit={(text) => set(rule.pointer, text)}
          onClose={() => setAsJson(false)}
        />
      ) : exotic ? (
        <JsonControl label={title} value={rule.text} onCommit={(text) => set(rule.pointer, text)} />
      ) : (
        <Condition
          form={form}
          condition={rule.condition}
          operators={operators}
          name={title}
          depth={0}
          problems={problems.filter((problem) => !ofNext.includes(problem))}
        />
      )}
      {exotic ? <Problems problems={problems} /> : null}
      <div className={lists.leads}>
        then go to
        <StateSelect
          label={`${title} goes to`}
          value={rule.next === null ? null : JSON.stringify(rule.next)}
          version={form.version}
          options={options}
          onCommit={(to) => set(next, to)}
        />
      </div>
      {exotic ? null : <Problems problems={ofNext} />}
    </EntryCard>
  );
}
