// The places where a state can be put: on each transition, before a first state, after a last one.
import type { DiagramView, EdgeView, NodeView, Place, StateView } from "../../transport/contract";
import { corners, type Point, plusPoint } from "./path";

export interface Spot {
  id: string;
  at: Point;
  place: Place;
  /** In words, for the slot that opens there. */
  title: string;
}

const BESIDE = 22;

export function spots(diagram: DiagramView, states: readonly StateView[]): Spot[] {
  const entered = new Set(diagram.edges.map((edge) => edge.to));
  const left = new Set(diagram.edges.filter((edge) => edge.kind === "next").map((edge) => edge.from));
  const byKey = new Map(states.map((state) => [state.key, state]));
  const spots = diagram.edges.map((edge) => onEdge(edge, byKey)).filter((spot) => spot !== null);
  for (const node of diagram.nodes) {
    const state = byKey.get(node.key);
    if (!state) continue;
    if (node.parent !== null && !entered.has(node.key)) spots.push(before(node, state));
    if (!left.has(node.key) && ENDS.has(state.stateType ?? "")) spots.push(after(node, state));
  }
  return spots;
}

/** State types behind which another can stand. */
const ENDS = new Set(["Task", "Pass", "Wait", "Parallel", "Map"]);

export function onEdge(edge: EdgeView, states: ReadonlyMap<string, StateView>): Spot | null {
  const at = plusPoint(corners(edge.points), edge.label);
  const to = states.get(edge.to)?.name ?? edge.to;
  if (edge.kind === "start") {
    return { id: edge.id, at, place: { kind: "beforeStart", scope: "" }, title: `Before ${to}` };
  }
  if (edge.transition === null) return null;
  const from = states.get(edge.from)?.name ?? edge.from;
  const place: Place = { kind: "onTransition", from: edge.from, transition: edge.transition };
  return { id: edge.id, at, place, title: `Between ${from} and ${to}` };
}

function before(node: NodeView, state: StateView): Spot {
  // …/States/Name: the scope is what holds `States`.
  const scope = state.pointer.split("/").slice(0, -2).join("/");
  const at = { x: node.x + node.width / 2, y: node.y - BESIDE / 2 };
  return {
    id: `before ${node.key}`,
    at,
    place: { kind: "beforeStart", scope },
    title: `Before ${state.name}`,
  };
}

function after(node: NodeView, state: StateView): Spot {
  const at = { x: node.x + node.width / 2, y: node.y + node.height + BESIDE };
  return {
    id: `after ${node.key}`,
    at,
    place: { kind: "after", state: node.key },
    title: `After ${state.name}`,
  };
}

/** The spot nearest to a point, within reach. */
export function nearestSpot(spots: readonly Spot[], at: Point, reach: number): Spot | null {
  let best: Spot | null = null;
  let least = reach;
  for (const spot of spots) {
    const distance = Math.hypot(spot.at.x - at.x, spot.at.y - at.y);
    if (distance < least) {
      least = distance;
      best = spot;
    }
  }
  return best;
}
