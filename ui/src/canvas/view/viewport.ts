// Where to look: fitting the drawing into the window, bringing a state into sight, what is visible at all.
import type { DiagramView, NodeView } from "../../transport/contract";

/** React Flow's: screen = flow × zoom + (x, y). */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export const ZOOM = { min: 0.05, max: 2, step: 1.2 };
/** Below this, names can't be read: the overview is drawn instead of cards. */
export const OVERVIEW_ZOOM = 0.4;
/** More cards than this are drawn as an overview at any zoom. */
export const MOST_CARDS = 500;
/** The first look shows the whole where it is at least this large: names are read, and nothing has to be looked for. */
const WHOLE_FROM = 0.6;
/** Where the whole would be smaller, the first look is no further away than this: a card's second line is read with ease. */
const READABLE = 0.75;
const PADDING = 20;
const ROOM_HEADER = 36;
/** Kept free for the debugger's bar, which floats over the top of the canvas; the drawing has a margin of its own. */
const TOP = 40;

/** The whole drawing, as large as it fits, at most at its own size; centred, hanging from the top. */
export function wholeView(diagram: DiagramView, size: Size): View {
  const width = Math.max(1, diagram.width);
  const height = Math.max(1, diagram.height);
  const room = { width: size.width - 2 * PADDING, height: size.height - PADDING - TOP };
  const zoom = clamp(Math.min(1, room.width / width, room.height / height), ZOOM.min, ZOOM.max);
  const slack = Math.max(0, room.height - height * zoom);
  return { zoom, x: (size.width - width * zoom) / 2, y: TOP + Math.min(slack / 2, 40) };
}

/** The first look: all of it where it can be read, else its beginning, as wide as can be read. */
export function firstLook(diagram: DiagramView, size: Size): View {
  const whole = wholeView(diagram, size);
  if (whole.zoom >= WHOLE_FROM) return whole;
  const room = size.width - 2 * PADDING;
  const zoom = clamp(room / Math.max(1, diagram.width), READABLE, 1);
  const width = diagram.width * zoom;
  if (width <= room) return { zoom, x: (size.width - width) / 2, y: TOP };
  const start = diagram.nodes[0];
  const centre = start ? start.x + start.width / 2 : diagram.width / 2;
  // Around the start, but no further than the drawing's own sides.
  const x = clamp(size.width / 2 - centre * zoom, size.width - PADDING - width, PADDING);
  return { zoom, x, y: TOP };
}

/** Whether any of a node is in sight. */
export function inSight(node: NodeView, { x, y, zoom }: View, size: Size): boolean {
  const [left, top] = [node.x * zoom + x, node.y * zoom + y];
  return (
    left < size.width && left + node.width * zoom > 0 && top < size.height && top + node.height * zoom > 0
  );
}

/** How much of a room's sides is out of sight while its header is in sight, in the drawing's pixels: the header's words
 * move inwards by as much. Nothing where too little of it is left to hold them. */
export function cutSides(
  room: { x: number; y: number; width: number },
  { x, y, zoom }: View,
  size: Size,
): { left: number; right: number } {
  const top = room.y * zoom + y;
  if (top > size.height || top + ROOM_HEADER * zoom < 0) return WHOLE;
  const left = Math.max(0, -x / zoom - room.x);
  const right = Math.max(0, room.x + room.width - (size.width - x) / zoom);
  return room.width - left - right < LEAST_HEADER ? WHOLE : { left, right };
}

const WHOLE = { left: 0, right: 0 };
/** Room for an icon, a short name and a status. */
const LEAST_HEADER = 120;

/** The view in which a node is in sight, the nearest to the present one; null when it is in sight already. */
export function revealing(node: NodeView, view: View, size: Size): View | null {
  const margin = 48;
  // The debugger's bar floats over the top.
  const top = TOP + 20;
  const zoom = view.zoom < OVERVIEW_ZOOM ? 0.8 : view.zoom;
  const moved = zoom === view.zoom ? view : centred(node, zoom, size);
  const x = slide(node.x * zoom + moved.x, node.width * zoom, size.width, margin, margin);
  // Of a room its header is enough.
  const height = node.shape === "room" ? Math.min(node.height, ROOM_HEADER) : node.height;
  const y = slide(node.y * zoom + moved.y, height * zoom, size.height, top, margin);
  if (x === 0 && y === 0 && zoom === view.zoom) return null;
  return { zoom, x: moved.x + x, y: moved.y + y };
}

function centred(node: NodeView, zoom: number, size: Size): View {
  const [cx, cy] = [node.x + node.width / 2, node.y + node.height / 2];
  return { zoom, x: size.width / 2 - cx * zoom, y: size.height / 2 - cy * zoom };
}

/** How far to move what lies at `at` so that it has `before` and `after` pixels around it. */
function slide(at: number, length: number, room: number, before: number, after: number): number {
  if (length > room - before - after) {
    // Larger than the window: its beginning counts.
    const visible = at < room - after && at + length > before;
    return visible ? 0 : before - at;
  }
  if (at < before) return before - at;
  if (at + length > room - after) return room - after - length - at;
  return 0;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const TILE = 256;

/** What is in sight, in the drawing's coordinates, widened to whole tiles so that it seldom changes. */
export function visibleBox(view: View, size: Size): Box {
  const tile = TILE / view.zoom;
  const floor = (value: number) => Math.floor(value / tile) * tile;
  return {
    left: floor(-view.x / view.zoom),
    top: floor(-view.y / view.zoom),
    right: floor((size.width - view.x) / view.zoom) + tile,
    bottom: floor((size.height - view.y) / view.zoom) + tile,
  };
}

export function touches(box: Box, left: number, top: number, right: number, bottom: number): boolean {
  return left <= box.right && right >= box.left && top <= box.bottom && bottom >= box.top;
}

export function needsOverview(diagram: DiagramView, view: View, size: Size): boolean {
  if (view.zoom < OVERVIEW_ZOOM) return true;
  if (diagram.nodes.length <= MOST_CARDS) return false;
  const box = visibleBox(view, size);
  let count = 0;
  for (const node of diagram.nodes) {
    if (touches(box, node.x, node.y, node.x + node.width, node.y + node.height)) count++;
  }
  return count > MOST_CARDS;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
