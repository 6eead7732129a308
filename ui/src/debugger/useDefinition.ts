// What the definition says at a stage that the data has not reached: the template that will be filled in.
import { useEffect, useState } from "react";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { FieldForm, StageView, StateData } from "../transport/contract";

/** By TestState's name: the fields that make the stage, the first that is there. */
const FIELDS: Record<string, string[]> = {
  afterParameters: ["Parameters", "Arguments", "ItemSelector"],
  afterResultSelector: ["ResultSelector"],
  output: ["Output"],
  assign: ["Assign"],
};

type Definition = (stage: StageView) => string | null;

export function useDefinition(data: StateData): Definition {
  const { transport, run } = useSession();
  const document = useDocument()?.path ?? null;
  const stale = useSignal(run.head)?.stale ?? true;
  const [fields, setFields] = useState<readonly FieldForm[]>([]);
  const { state } = data;
  // A run of an earlier definition says other things than the text of today.
  const wanted = !stale && data.stages.some((stage) => stage.value === null && stage.stage in FIELDS);
  useEffect(() => {
    if (!wanted || document === null) return;
    let gone = false;
    transport
      .call("document.state", { document, state })
      // A state that the text lost meanwhile has no form.
      .then(({ form }) => !gone && setFields(form?.fields ?? []))
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [transport, wanted, document, state]);
  return (stage) => {
    if (!wanted || stage.value !== null || stage.progress === "unused") return null;
    const names = FIELDS[stage.stage] ?? [];
    const found = fields.find(({ name, value }) => names.includes(name) && value !== null);
    return found?.value ? dedented(found.value) : null;
  };
}

/** JSON text as it stands in a file, without the indentation of its place there. */
export function dedented(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const depth = Math.min(...rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return [first, ...rest.map((line) => line.slice(Math.min(depth, line.length)))].join("\n");
}
