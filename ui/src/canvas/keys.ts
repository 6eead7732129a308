// The canvas's own keys, while it has the focus or nothing has.
import { type Arrow, isArrow } from "./view/neighbours";

export type CanvasAction =
  | { kind: "move"; arrow: Arrow }
  | { kind: "zoom"; by: "in" | "out" | "reset" | "fit" }
  | { kind: "rename" | "delete" | "deselect" };

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export function canvasAction(pressed: Pressed): CanvasAction | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (isArrow(pressed.key)) return { kind: "move", arrow: pressed.key };
  return PLAIN[pressed.key] ?? null;
}

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
