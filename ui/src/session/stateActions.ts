// What can be done with a state or a transition: the same in every menu, and from the keyboard.
import type { EdgeView, StateView } from "../transport/contract";
import { MOMENTS } from "./breakpoints";
import type { OpenDocument } from "./document";
import { FLOW_STATES } from "./flowStates";
import type { Session } from "./session";

export type Action =
  | {
      title: string;
      icon?: string;
      keys?: string;
      /** Given: it is set or not, and acting turns it over. */
      checked?: boolean;
      disabled?: boolean;
      danger?: boolean;
      act(): void;
    }
  | { title: string; icon?: string; actions: Action[] }
  | "line";

/** Puts text on the clipboard. */
export type Copy = (text: string) => Promise<boolean>;

/** The states of the same scope, itself among them, in the order of the text. */
export function beside(document: OpenDocument, key: string): StateView[] {
  const scope = scopeOf(document.state(key));
  return document.analysis.get().states.filter((state) => scopeOf(state) === scope);
}

/** …/States/Name: the scope is what holds `States`. */
export function scopeOf(state: StateView | undefined): string | null {
  return state ? state.pointer.split("/").slice(0, -2).join("/") : null;
}

export async function copyState(session: Session, key: string, copy: Copy): Promise<boolean> {
  const text = await session.documents.textOf(key);
  return text !== null && (await copy(text));
}

export async function cutState(session: Session, key: string, copy: Copy): Promise<void> {
  if (await copyState(session, key, copy)) await session.documents.remove(key);
}

/** Pastes what the clipboard has, or what was copied here last where it may not be read. */
export async function pasteState(session: Session, after: string | null): Promise<void> {
  const { documents } = session;
  const text = await navigator.clipboard?.readText().catch(() => null);
  const found = text || documents.copied.get();
  if (found) await documents.paste(found, after);
}

export function stateActions(session: Session, document: OpenDocument, key: string, copy: Copy): Action[] {
  const { documents, selection, breakpoints } = session;
  const state = document.state(key);
  const others = beside(document, key);
  const starts = startsScope(document, key);
  const ends = state?.stateType === "Succeed" || state?.stateType === "Fail";
  const wrap = (inType: string) => () => void documents.edit({ kind: "wrapState", state: key, inType });
  const rename = () => {
    selection.select(key);
    selection.renaming.set(key);
  };
  const lead = ({ key: to, name, icon }: StateView): Action => {
    return { title: name, icon, act: () => void documents.edit({ kind: "connect", from: key, to }) };
  };
  return [
    { title: "Rename", keys: "F2", act: rename },
    {
      title: "Duplicate",
      keys: "Ctrl+D",
      act: () => void documents.edit({ kind: "duplicateState", state: key }),
    },
    "line",
    { title: "Cut", keys: "Ctrl+X", act: () => void cutState(session, key, copy) },
    { title: "Copy", keys: "Ctrl+C", act: () => void copyState(session, key, copy) },
    { title: "Paste behind", keys: "Ctrl+V", act: () => void pasteState(session, key) },
    "line",
    { title: "Lead to", actions: ends ? [] : others.filter((other) => other.key !== key).map(lead) },
    {
      title: "Make this the start",
      disabled: starts,
      act: () => void documents.edit({ kind: "setStart", state: key }),
    },
    {
      title: "Change into",
      actions: FLOW_STATES.filter(({ stateType }) => stateType !== state?.stateType).map(
        ({ stateType, icon }) => ({
          title: stateType,
          icon,
          act: () => void documents.edit({ kind: "changeType", state: key, to: stateType }),
        }),
      ),
    },
    {
      title: "Wrap in",
      actions:
        state?.stateType === "Choice"
          ? []
          : [
              { title: "Parallel", icon: "parallel", act: wrap("Parallel") },
              { title: "Map", icon: "map", act: wrap("Map") },
            ],
    },
    "line",
    { title: "Set or remove breakpoint", keys: "F9", act: () => void breakpoints.toggle(key) },
    { title: "Breakpoint", actions: moments(session, key) },
    { title: "Delete", keys: "Delete", danger: true, act: () => void documents.remove(key) },
  ];
}

/** At which of its moments a debugged run stops. */
function moments({ breakpoints }: Session, key: string): Action[] {
  const set = breakpoints.byState.get(key) ?? [];
  return MOMENTS.map(({ on, title }) => ({
    title: title.charAt(0).toUpperCase() + title.slice(1),
    checked: set.some((point) => point.on === on && point.enabled),
    act: () => void breakpoints.toggleAt(key, on),
  }));
}

/** Whether a state is the first of its scope, as far as the drawing says: nothing needs to lead there. */
function startsScope(document: OpenDocument, key: string): boolean {
  const { edges } = document.diagram.get();
  return edges.some((edge) => edge.kind === "start" && edge.to === key);
}

export function edgeActions(session: Session, document: OpenDocument, edge: EdgeView): Action[] {
  const { documents } = session;
  const { from, to, transition } = edge;
  const others = beside(document, to).filter((other) => other.key !== to);
  const reconnect = (target: string | null) => () => void reconnectEdge(session, edge, target);
  const insert = ({ stateType, icon }: (typeof FLOW_STATES)[number]): Action => ({
    title: stateType,
    icon,
    act: () =>
      void documents.insert(
        transition === null ? { kind: "beforeStart", scope: "" } : { kind: "onTransition", from, transition },
        { stateType },
      ),
  });
  const lead: Action = {
    title: transition === null ? "Start at" : "Lead to",
    actions: others.map(({ key, name, icon }) => ({ title: name, icon, act: reconnect(key) })),
  };
  const add: Action = { title: "Put in between", actions: FLOW_STATES.map(insert) };
  if (transition === null) return [add, lead];
  return [add, lead, "line", { title: "Remove transition", danger: true, act: reconnect(null) }];
}

/** Lets a transition lead elsewhere; null takes it away. The one from the start pill says where the workflow starts. */
export function reconnectEdge(session: Session, edge: EdgeView, to: string | null): Promise<boolean> {
  const { from, transition } = edge;
  if (transition !== null) return session.documents.edit({ kind: "reconnect", from, transition, to });
  return to === null ? Promise.resolve(false) : session.documents.edit({ kind: "setStart", state: to });
}
