// The keys that work everywhere in the window.
//
//   F5 debug, continue    Shift+F5 stop     F6 pause        F9 breakpoint
//   F10 over              F11 into          Shift+F11 out   Shift+F10 back
//   Ctrl+Z undo           Ctrl+Shift+Z redo Ctrl+S save     Ctrl+Enter run
//   Ctrl+K palette        Ctrl+F find       ? shortcuts     (Ctrl is ⌘ on a Mac)

export type Command =
  | "debugOrContinue"
  | "stop"
  | "pause"
  | "breakpoint"
  | "over"
  | "into"
  | "out"
  | "back"
  | "undo"
  | "redo"
  | "save"
  | "run"
  | "openProject"
  | "restart"
  | "palette"
  | "find"
  | "shortcuts";

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const KEYS: Record<string, Command> = {
  F5: "debugOrContinue",
  "Shift+F5": "stop",
  F6: "pause",
  F9: "breakpoint",
  F10: "over",
  "Shift+F10": "back",
  F11: "into",
  "Shift+F11": "out",
  "Ctrl+z": "undo",
  "Ctrl+Shift+z": "redo",
  "Ctrl+y": "redo",
  "Ctrl+s": "save",
  "Ctrl+o": "openProject",
  "Ctrl+Enter": "run",
  "Ctrl+Shift+F5": "restart",
  "Ctrl+k": "palette",
  "Ctrl+Shift+p": "palette",
  "Ctrl+f": "find",
  "?": "shortcuts",
};

/** Those that would change what is typed: in a field of a form they are the field's own. */
const OF_FIELDS: readonly Command[] = ["undo", "redo", "shortcuts", "breakpoint"];

/** What a key does. `field`: it was pressed in a form's field, not in the code, which shares the one undo stack. */
export function commandFor(pressed: Pressed, field: boolean): Command | null {
  if (pressed.altKey) return null;
  const named = pressed.key.length > 1;
  const shift = pressed.shiftKey && (named || pressed.ctrlKey || pressed.metaKey);
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  const key = named ? pressed.key : pressed.key.toLowerCase();
  const command = KEYS[`${ctrl ? "Ctrl+" : ""}${shift ? "Shift+" : ""}${key}`] ?? null;
  return command && field && OF_FIELDS.includes(command) ? null : command;
}

/** For the shortcut sheet. */
export const SHEET: { title: string; rows: [keys: string, what: string][] }[] = [
  {
    title: "Run and debug",
    rows: [
      ["Ctrl+Enter", "Run…"],
      ["F5", "Debug…, or continue"],
      ["Shift+F5", "Stop"],
      ["Ctrl+Shift+F5", "Restart"],
      ["F6", "Pause"],
      ["F9", "Set or remove a breakpoint"],
      ["F10", "Step over"],
      ["F11", "Step into"],
      ["Shift+F11", "Step out"],
      ["Shift+F10", "Step back"],
    ],
  },
  {
    title: "Edit",
    rows: [
      ["Ctrl+Z", "Undo"],
      ["Ctrl+Shift+Z", "Redo"],
      ["Ctrl+S", "Save"],
      ["F2", "Rename the selected state"],
      ["Delete", "Delete the selected state"],
      ["Ctrl+D", "Duplicate it"],
      ["Ctrl+C", "Copy it as JSON"],
      ["Ctrl+X", "Cut it"],
      ["Ctrl+V", "Paste a state behind it"],
    ],
  },
  {
    title: "Canvas",
    rows: [
      ["↑ ↓ ← →", "Go to a neighbouring state"],
      ["+", "Zoom in"],
      ["−", "Zoom out"],
      ["0", "Back to 100 %"],
      ["1", "Fit"],
    ],
  },
  {
    title: "Window",
    rows: [
      ["Ctrl+K", "Find a command or a state"],
      ["Ctrl+F", "Find a state"],
      ["Ctrl+O", "Open a project…"],
      ["?", "Show these shortcuts"],
    ],
  },
];
