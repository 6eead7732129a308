// Names to choose from while typing: the states that a transition can lead to, the fields that a state can have.
import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from "@codemirror/autocomplete";
import type { StateForm, StateView } from "../transport/contract";
import { stateAt } from "./breakpoints";

const TARGET = /(["']?)(Next|Default|StartAt)\1\s*:\s*(["']?)([^"'\n]*)$/;
const FIELD = /(?:^|[{,])\s*(["']?)(\w*)$/;

export interface Names {
  states(): readonly StateView[];
  form(state: string): Promise<StateForm | null>;
}

export function completeNames(names: Names, format: string): CompletionSource {
  return async (context) => targets(context, names) ?? (await fields(context, names, format));
}

function targets(context: CompletionContext, names: Names): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const match = TARGET.exec(line.text.slice(0, context.pos - line.from));
  if (!match) return null;
  const typed = match[4] ?? "";
  const around = stateAt(names.states(), context.pos);
  const options = siblings(names.states(), around).map(
    (state): Completion => ({ label: state.name, detail: state.stateType ?? "", type: "variable" }),
  );
  return { from: context.pos - typed.length, options, validFor: /^[^"'\n]*$/ };
}

/** The states of the same scope: nothing else can be reached. */
export function siblings(states: readonly StateView[], around: StateView | null): readonly StateView[] {
  if (!around) return states.filter((state) => scopeOf(state.pointer) === "/States");
  const scope = scopeOf(around.pointer);
  return states.filter((state) => scopeOf(state.pointer) === scope);
}

function scopeOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

async function fields(
  context: CompletionContext,
  names: Names,
  format: string,
): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const match = FIELD.exec(line.text.slice(0, context.pos - line.from));
  const around = stateAt(names.states(), context.pos);
  const quoted = (match?.[1] ?? "") !== "";
  if (!match || !around || !(quoted || context.explicit || format === "yaml")) return null;
  if (!context.explicit && match[2] === "" && !quoted) return null;
  const form = await names.form(around.key);
  if (!form || context.aborted) return null;
  const typed = match[2] ?? "";
  const options = form.fields
    .filter((field) => field.value === null)
    .map((field): Completion => ({ label: field.name, detail: field.absent ?? "", type: "property" }));
  return { from: context.pos - typed.length, options, validFor: /^\w*$/ };
}
