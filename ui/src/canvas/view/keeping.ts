// What stays where it is when the drawing or the window changes under somebody who has moved the view himself.
import type { DiagramView, NodeView } from "../../transport/contract";
import { inSight, revealing, type Size, type View } from "./viewport";

/** A drawing, in a canvas of a size. */
export interface Seen {
  diagram: DiagramView;
  size: Size;
}

/**
 * The view after a change, or null where it may stay as it is. Another drawing is shifted so that the selected state, or
 * else what stood nearest to the middle, keeps its place on the screen; a smaller canvas moves the view only if it would
 * cover the selected state.
 */
export function keeping(before: Seen, now: Seen, view: View, selected: string | null): View | null {
  const chosen = nodeOf(before.diagram, selected);
  const watched = chosen !== null && revealing(chosen, view, before.size) === null;
  const anchor = watched ? chosen : nearestToMiddle(before, now.diagram, view);
  const there = anchor && nodeOf(now.diagram, anchor.key);
  if (!anchor || !there) return null;
  const moved = {
    zoom: view.zoom,
    x: view.x + (middle(anchor).x - middle(there).x) * view.zoom,
    y: view.y + (anchor.y - there.y) * view.zoom,
  };
  const shown = watched ? revealing(there, moved, now.size) : null;
  if (shown) return shown;
  return moved.x === view.x && moved.y === view.y ? null : moved;
}

function nodeOf(diagram: DiagramView, key: string | null): NodeView | null {
  return diagram.nodes.find((node) => node.key === key) ?? null;
}

/** Of what is in sight and will still be there. A card rather than a room: a room changes its size with what is in it. */
function nearestToMiddle({ diagram, size }: Seen, next: DiagramView, view: View): NodeView | null {
  const kept = new Set(next.nodes.map((node) => node.key));
  const centre = { x: (size.width / 2 - view.x) / view.zoom, y: (size.height / 2 - view.y) / view.zoom };
  let best: NodeView | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of diagram.nodes) {
    if (node.shape === "room" || !kept.has(node.key) || !inSight(node, view, size)) continue;
    const away = Math.hypot(middle(node).x - centre.x, middle(node).y - centre.y);
    if (away < least) {
      least = away;
      best = node;
    }
  }
  return best;
}

function middle(node: NodeView): { x: number; y: number } {
  return { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}
