// What the core says of the states of a definition: whole, or as it differs from what it said before.
import type { StatesNews, StateView } from "../transport/contract";

/** A state without its place in the text, which moves with every key before it. */
export type StateFacts = Omit<StateView, "from" | "to" | "line">;

export function factsOf({ from: _from, to: _to, line: _line, ...facts }: StateView): StateFacts {
  return facts;
}

/** The states as they are after the news. Those that stayed where they were keep their identity. */
export function statesAfter(states: readonly StateView[], news: StatesNews): StateView[] {
  if (news.kind === "whole") return news.states;
  const after = [...states];
  for (const { first, count, from, to, line } of news.moved) {
    for (let at = first; at < first + count; at++) {
      const state = after[at];
      if (state)
        after[at] = { ...state, from: state.from + from, to: state.to + to, line: state.line + line };
    }
  }
  for (const { at, state } of news.changed) after[at] = state;
  return after;
}
