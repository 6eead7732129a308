// The canvas's own keys, while it has the focus or nothing has.
import { type Arrow, isArrow } from "./view/neighbours";

export type CanvasAction =
  | { kind: "move"; arrow: Arrow }
  | { kind: "zoom"; by: "in" | "out" | "reset" | "fit" }
  | { kind: "rename" | "delete" | "deselect" | "duplicate" | "copy" | "cut" };

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey?: boolean;
}

export function canvasAction(pressed: Pressed): CanvasAction | null {
  if (pressed.altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) {
    return pressed.shiftKey ? null : (WITH_CTRL[pressed.key.toLowerCase()] ?? null);
  }
  if (isArrow(pressed.key)) return { kind: "move", arrow: pressed.key };
  return PLAIN[pressed.key] ?? null;
}

/** Pasting is not among them: the browser says what is pasted in an event of its own. */
const WITH_CTRL: Record<string, CanvasAction> = {
  d: { kind: "duplicate" },
  c: { kind: "copy" },
  x: { kind: "cut" },
};

const PLAIN: Record<string, CanvasAction> = {
  "+": { kind: "zoom", by: "in" },
  "=": { kind: "zoom", by: "in" },
  "-": { kind: "zoom", by: "out" },
  "−": { kind: "zoom", by: "out" },
  "0": { kind: "zoom", by: "reset" },
  "1": { kind: "zoom", by: "fit" },
  F2: { kind: "rename" },
  Delete: { kind: "delete" },
  Backspace: { kind: "delete" },
  Escape: { kind: "deselect" },
};
