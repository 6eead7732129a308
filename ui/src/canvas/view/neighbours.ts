// Where an arrow key leads from a state: down and up along transitions, left and right to what stands beside.
import type { DiagramView, NodeView } from "../../transport/contract";

export type Arrow = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

export function isArrow(key: string): key is Arrow {
  return key === "ArrowUp" || key === "ArrowDown" || key === "ArrowLeft" || key === "ArrowRight";
}

export function neighbour(diagram: DiagramView, from: string | null, arrow: Arrow): string | null {
  const nodes = diagram.nodes.filter((node) => node.key !== "");
  const here = nodes.find((node) => node.key === from);
  if (!here) return nodes[0]?.key ?? null;
  const candidates = arrow === "ArrowDown" || arrow === "ArrowUp" ? linked(diagram, here, arrow) : nodes;
  return nearest(here, candidates, arrow)?.key ?? null;
}

/** States at the other end of a transition, and the way into a room or out of it. */
function linked(diagram: DiagramView, here: NodeView, arrow: "ArrowUp" | "ArrowDown"): NodeView[] {
  const down = arrow === "ArrowDown";
  const keys = new Set<string>();
  for (const edge of diagram.edges) {
    if (down && edge.from === here.key) keys.add(edge.to);
    if (!down && edge.to === here.key) keys.add(edge.from);
  }
  const entered = new Set(diagram.edges.map((edge) => edge.to));
  for (const node of diagram.nodes) {
    if (down && node.parent === here.key && !entered.has(node.key)) keys.add(node.key);
  }
  if (!down && here.parent !== null && !entered.has(here.key)) keys.add(here.parent);
  keys.delete(here.key);
  return diagram.nodes.filter((node) => node.key !== "" && keys.has(node.key));
}

function nearest(here: NodeView, candidates: NodeView[], arrow: Arrow): NodeView | null {
  let best: { node: NodeView; score: number } | null = null;
  for (const node of candidates) {
    const score = scoreOf(here, node, arrow);
    if (score !== null && (!best || score < best.score)) best = { node, score };
  }
  return best?.node ?? null;
}

/** Smaller is better; null is not in that direction at all. */
function scoreOf(here: NodeView, node: NodeView, arrow: Arrow): number | null {
  const dx = node.x + node.width / 2 - (here.x + here.width / 2);
  const dy = node.y + node.height / 2 - (here.y + here.height / 2);
  if (arrow === "ArrowUp" || arrow === "ArrowDown") {
    // A transition that leads the other way, such as a loop back, is the last choice but one.
    const against = arrow === "ArrowDown" ? node.y < here.y : node.y > here.y;
    return Math.hypot(dx, dy) + (against ? 100_000 : 0);
  }
  const along = arrow === "ArrowRight" ? dx : -dx;
  if (node.key === here.key || along <= 1 || contains(here, node)) return null;
  const sameRoom = node.parent === here.parent ? 0 : 200;
  return along + Math.abs(dy) * 4 + sameRoom;
}

/** What lies inside is below, not beside. */
function contains(room: NodeView, node: NodeView): boolean {
  const across = node.x >= room.x && node.x + node.width <= room.x + room.width;
  return across && node.y >= room.y && node.y + node.height <= room.y + room.height;
}
