// What a rule tests, as a sentence: tests joined by "and" or "or", their opposites, expressions.
import { Ban, Plus, X } from "lucide-react";
import { Button, IconButton } from "../../design/Button";
import { join } from "../../design/join";
import { useSession } from "../../session/hooks";
import type { ConditionForm, OperatorForm, RuleChange, StateForm } from "../../transport/contract";
import { PathControl } from "../controls";
import { JsonControl } from "../JsonControl";
import lists from "../lists.module.css";
import { type Numbered, Problems, problemsAt } from "../problems";
import styles from "./rules.module.css";
import { TestRow } from "./TestRow";

export interface ConditionProps {
  form: StateForm;
  condition: ConditionForm;
  operators: OperatorForm[];
  /** What it is called for those who can't see where it stands: `Rule 1, condition 2`. */
  name: string;
  depth: number;
  problems: readonly Numbered[];
}

export function Condition(props: ConditionProps) {
  const { form, condition, depth, problems } = props;
  const { documents } = useSession();
  const change = (to: RuleChange) =>
    documents.edit({ kind: "changeRule", state: form.key, pointer: condition.pointer, change: to });
  const add = (group: boolean) => void change({ kind: "addCondition", group });
  const adds = (
    <div className={lists.adds}>
      <Button kind="link" icon={Plus} onClick={() => add(false)}>
        Condition
      </Button>
      <Button kind="link" icon={Plus} onClick={() => add(true)}>
        Group
      </Button>
    </div>
  );
  switch (condition.kind) {
    case "test":
      return (
        <>
          <TestRow
            {...props}
            condition={condition}
            change={change}
            tools={<Tools {...props} change={change} />}
          />
          <Problems problems={problemsAt(problems, condition.pointer)} />
          {depth === 0 ? adds : null}
        </>
      );
    case "group":
      return (
        <>
          <Group {...props} condition={condition} change={change} />
          {adds}
        </>
      );
    case "not":
      return (
        <>
          <div className={styles.not}>
            <button
              type="button"
              className={styles.word}
              aria-label={`${props.name}: take “not” away`}
              onClick={() => void change({ kind: "negate" })}
            >
              not
            </button>
            <div className={styles.inner}>
              <Condition {...props} condition={condition.part} depth={depth + 1} />
            </div>
          </div>
          <Problems problems={problems.filter(({ problem }) => problem.field === condition.pointer)} />
          {depth === 0 ? adds : null}
        </>
      );
    default:
      return <AsText {...props} />;
  }
}

interface ChangeProps extends ConditionProps {
  change(to: RuleChange): Promise<boolean>;
}

function Group(props: ChangeProps & { condition: ConditionForm & { kind: "group" } }) {
  const { condition, change, name, depth, problems, form } = props;
  const { pointer, all, parts } = condition;
  const word = all ? "and" : "or";
  const ofParts = parts.flatMap((part) => problemsAt(problems, part.pointer));
  const { documents } = useSession();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in sight
    <div
      role="group"
      aria-label={`${name}, ${all ? "all of" : "one of"}`}
      className={join(styles.group, depth > 0 && styles.nested)}
    >
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is what stands at its place
        <div key={index} className={styles.part}>
          {index > 0 || parts.length === 1 ? (
            <button
              type="button"
              className={styles.word}
              aria-label={`${name}: joined by ${word}, change to ${all ? "or" : "and"}`}
              onClick={() => void change({ kind: "joinBy", all: !all })}
            >
              {parts.length === 1 ? (all ? "all of" : "one of") : word}
            </button>
          ) : null}
          <Condition {...props} condition={part} name={`${name}, condition ${index + 1}`} depth={depth + 1} />
          {part.kind === "group" || part.kind === "not" ? (
            <IconButton
              icon={X}
              label={`Remove ${name}, condition ${index + 1}`}
              side="left"
              className={styles.drop}
              onClick={() =>
                void documents.edit({
                  kind: "changeRule",
                  state: form.key,
                  pointer: part.pointer,
                  change: { kind: "remove" },
                })
              }
            />
          ) : null}
        </div>
      ))}
      <Problems problems={problemsAt(problems, pointer).filter((problem) => !ofParts.includes(problem))} />
    </div>
  );
}

function Tools({ name, depth, change }: ChangeProps) {
  return (
    <span className={styles.tools}>
      <IconButton
        icon={Ban}
        label={`${name}: turn into its opposite`}
        side="left"
        onClick={() => void change({ kind: "negate" })}
      />
      {depth > 0 ? (
        <IconButton
          icon={X}
          label={`Remove ${name}`}
          side="left"
          onClick={() => void change({ kind: "remove" })}
        />
      ) : null}
    </span>
  );
}

/** An expression is code; what no form can show is JSON. */
function AsText({ form, condition, name, problems }: ConditionProps) {
  const { documents } = useSession();
  const set = (value: string | null) => documents.setField(form.key, condition.pointer, value);
  if (condition.kind === "expression") {
    return (
      <>
        <PathControl
          label={`${name}: condition`}
          value={JSON.stringify(condition.text)}
          version={form.version}
          onCommit={set}
        />
        <Problems problems={problems} />
      </>
    );
  }
  return (
    <>
      <JsonControl label={name} value={condition.kind === "other" ? condition.text : null} onCommit={set} />
      <Problems problems={problemsAt(problems, condition.pointer)} />
    </>
  );
}
