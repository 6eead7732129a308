// What the palette offers: states to go to, and what can be done now.
import { matches } from "../../debugger/lists/filter";
import { MOMENTS } from "../../session/breakpoints";
import type { FloorTab, LeftTab } from "../../session/layout";
import { isLive } from "../../session/run";
import type { Session } from "../../session/session";
import { type Command, SHEET } from "../keymap";
import { perform } from "../useShortcuts";

export interface PaletteItem {
  title: string;
  /** At the right: what kind it is, or where. */
  note: string;
  /** The icon's name in `design/icons`; none for commands. */
  icon?: string;
  keys?: string;
  act(): void;
}

export function stateItems(session: Session): PaletteItem[] {
  const current = session.documents.current.get();
  if (current.kind !== "open") return [];
  return current.document.analysis.get().states.map((state) => ({
    title: state.name,
    note: state.summary || (state.stateType ?? ""),
    icon: state.icon,
    act: () => session.selection.select(state.key),
  }));
}

export function commandItems(session: Session): PaletteItem[] {
  const { layout, documents, project } = session;
  const head = session.run.head.get();
  const held = session.run.paused.get() !== null;
  const live = head !== null && isLive(head.status);
  const command = (name: Command, title: string, can = true): PaletteItem[] =>
    can ? [{ title, note: "", keys: keysOf(title), act: () => perform(name, session) }] : [];
  const other = (title: string, act: () => void): PaletteItem => ({ title, note: "", act });
  const status = documents.front?.status.get();
  const selected = session.selection.state;
  const workflows = project.view?.workflows ?? [];
  return [
    ...command("run", "Run…", !live),
    ...command("debugOrContinue", "Debug…", !live),
    ...command("debugOrContinue", "Continue", held),
    ...command("over", "Step over", held),
    ...command("into", "Step into", held),
    ...command("out", "Step out", held),
    ...command("back", "Step back", held),
    ...command("pause", "Pause", live && !held),
    ...command("stop", "Stop", live),
    ...command("restart", "Restart", head !== null),
    ...command("breakpoint", "Set or remove a breakpoint", selected !== null),
    ...MOMENTS.flatMap(({ on, title }) =>
      selected === null
        ? []
        : other(`Breakpoint ${title}`, () => void session.breakpoints.toggleAt(selected, on)),
    ),
    ...command("undo", "Undo", status?.undo != null),
    ...command("redo", "Redo", status?.redo != null),
    ...command("save", "Save", status?.dirty === true),
    ...(documents.front ? [other("Save a copy…", () => session.dialog.set("copy"))] : []),
    other("Export…", () => session.dialog.set("export")),
    ...command("openProject", "Open a project…"),
    other("Close project", () => void session.closeProject()),
    ...FLOOR.map(([tab, title]) => other(`Show ${title}`, () => layout.showFloor(tab))),
    ...LEFT.map(([left, title]) => other(`Show ${title}`, () => layout.change({ left, leftFolded: false }))),
    ...MODES.map((mode) => other(`View: ${mode}`, () => layout.setMode(MODE_IDS[mode]))),
    ...workflows.map((workflow) => ({
      title: workflow.name,
      note: `workflow · ${workflow.document}`,
      act: () => project.workflow.set(workflow.id),
    })),
    ...command("shortcuts", "Show these shortcuts"),
  ];
}

const FLOOR: [FloorTab, string][] = [
  ["timeline", "timeline"],
  ["events", "events"],
  ["frames", "frames and breakpoints"],
  ["variables", "variables"],
  ["console", "console"],
  ["problems", "problems"],
];
const LEFT: [LeftTab, string][] = [
  ["project", "project"],
  ["add", "states to add"],
  ["runs", "runs"],
];
const MODE_IDS = { Design: "design", Split: "split", Code: "code" } as const;
const MODES = ["Design", "Split", "Code"] as const;

/** The sheet says which keys do it. */
function keysOf(title: string): string | undefined {
  const rows = SHEET.flatMap((group) => group.rows);
  return rows.find(([, what]) => what === title || what.startsWith(`${title},`))?.[0];
}

/** Those that have every word; a name that begins with what was typed comes first. */
export function found(items: readonly PaletteItem[], words: string): PaletteItem[] {
  const low = words.trim().toLowerCase();
  const hits = items.filter((item) => matches(words, `${item.title} ${item.note}`));
  const rank = (item: PaletteItem) => {
    const title = item.title.toLowerCase();
    return title.startsWith(low) ? 0 : title.includes(low) ? 1 : 2;
  };
  return low === ""
    ? hits
    : hits
        .map((item) => [rank(item), item] as const)
        .sort(byRank)
        .map(([, item]) => item);
}

function byRank(a: readonly [number, PaletteItem], b: readonly [number, PaletteItem]): number {
  return a[0] - b[0];
}
