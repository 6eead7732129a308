// What new rules, retriers and catchers begin with; which fields a state usually has.
import type { FieldForm, StateForm } from "../transport/contract";

function firstTarget(form: StateForm): string {
  for (const { control } of form.fields) {
    if (control.kind !== "state") continue;
    return control.options.find((name) => name !== form.name) ?? form.name;
  }
  return form.name;
}

/** Only JSONPath knows InputPath: its rules compare variables, those of JSONata are conditions. */
function isJsonPath(form: StateForm): boolean {
  return form.fields.some((field) => field.name === "InputPath");
}

export function newRule(form: StateForm): string {
  const rule = isJsonPath(form) ? { Variable: "$.value", IsPresent: true } : { Condition: "{% true %}" };
  return indented({ ...rule, Next: firstTarget(form) });
}

export function newRetrier(): string {
  return indented({ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 });
}

export function newCatcher(form: StateForm): string {
  return indented({ ErrorEquals: ["States.ALL"], Next: firstTarget(form) });
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Fields of which the state wants one: the first is shown where it has none. */
const WANTED: Record<string, string[][]> = {
  Task: [["Resource"], ["Next", "End"]],
  Choice: [["Choices"], ["Default"]],
  Parallel: [["Next", "End"]],
  Map: [["Next", "End"]],
  Pass: [["Next", "End"]],
  Wait: [
    ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
    ["Next", "End"],
  ],
  Fail: [
    ["Error", "ErrorPath"],
    ["Cause", "CausePath"],
  ],
};

/** Whether a field is in the form though the state lacks it. */
export function isUsual(form: StateForm, field: FieldForm): boolean {
  if (field.name === "Comment") return true;
  const has = (name: string) => form.fields.some((other) => other.name === name && other.value !== null);
  return (WANTED[form.stateType ?? ""] ?? []).some(
    (names) => names[0] === field.name && !names.some((name) => has(name)),
  );
}
