// The overview: the whole drawing on a plain 2D canvas, where cards would be too small or too many.
import type { DiagramView, NodeView, StateRun } from "../../transport/contract";
import { type Box, cutSides, type Size, touches, type View } from "./viewport";

export type Colours = Record<ColourName, string>;
type ColourName = (typeof COLOUR_NAMES)[number];

const COLOUR_NAMES = [
  "surface",
  "surface-2",
  "edge-strong",
  "ink",
  "link",
  "accent",
  "running",
  "running-soft",
  "succeeded",
  "succeeded-soft",
  "failed",
  "failed-soft",
  "caught",
  "caught-soft",
  "waiting",
  "waiting-soft",
  "paused-soft",
  "paused-line",
  "breakpoint",
] as const;

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const entries = COLOUR_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Colours;
}

export interface Picture {
  diagram: DiagramView;
  view: View;
  size: Size;
  box: Box;
  selected: string | null;
  nameOf(key: string): string;
  runOf(key: string): StateRun | undefined;
  takenOf(from: string, transition: number | null): boolean;
  breakpointAt(key: string): boolean;
}

const NAMES_FROM = 0.22;

const STATUS: Record<StateRun["status"], [line: ColourName, fill: ColourName]> = {
  idle: ["edge-strong", "surface"],
  running: ["running", "running-soft"],
  waiting: ["waiting", "waiting-soft"],
  retrying: ["caught", "caught-soft"],
  paused: ["paused-line", "paused-soft"],
  succeeded: ["succeeded", "succeeded-soft"],
  caught: ["caught", "caught-soft"],
  failed: ["failed", "failed-soft"],
  aborted: ["link", "surface"],
};

/** `ratio`: device pixels for each CSS pixel. */
export function paint(
  context: CanvasRenderingContext2D,
  ratio: number,
  picture: Picture,
  colours: Colours,
): void {
  const { view, diagram, box } = picture;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, view.x * ratio, view.y * ratio);
  const nodes = diagram.nodes.filter((node) =>
    touches(box, node.x, node.y, node.x + node.width, node.y + node.height),
  );
  for (const node of nodes) if (node.shape === "room") paintNode(context, node, picture, colours);
  paintEdges(context, picture, colours);
  for (const node of nodes) if (node.shape !== "room") paintNode(context, node, picture, colours);
  if (view.zoom >= NAMES_FROM) paintNames(context, nodes, picture, colours);
}

function paintEdges(context: CanvasRenderingContext2D, picture: Picture, colours: Colours): void {
  for (const taken of [false, true]) {
    context.beginPath();
    for (const edge of picture.diagram.edges) {
      if (picture.takenOf(edge.from, edge.transition) !== taken) continue;
      const { points } = edge;
      context.moveTo(points[0] ?? 0, points[1] ?? 0);
      for (let i = 2; i + 1 < points.length; i += 2) context.lineTo(points[i] ?? 0, points[i + 1] ?? 0);
    }
    context.strokeStyle = taken ? colours.succeeded : colours.link;
    // At least most of a pixel, however far away.
    context.lineWidth = Math.max(taken ? 3 : 1.5, 0.7 / picture.view.zoom);
    context.stroke();
  }
}

function paintNode(
  context: CanvasRenderingContext2D,
  node: NodeView,
  picture: Picture,
  colours: Colours,
): void {
  const start = node.shape === "start";
  const [line, fill] = STATUS[picture.runOf(node.key)?.status ?? "idle"];
  const selected = !start && picture.selected === node.key;
  context.beginPath();
  context.roundRect(
    node.x,
    node.y,
    node.width,
    node.height,
    node.shape === "card" || node.shape === "room" ? 8 : 20,
  );
  context.fillStyle = start ? colours.ink : node.shape === "room" ? colours["surface-2"] : colours[fill];
  context.fill();
  context.strokeStyle = selected ? colours.accent : start ? colours.ink : colours[line];
  context.lineWidth = Math.max(selected ? 6 : 2, (selected ? 2 : 0.8) / picture.view.zoom);
  context.stroke();
  if (!start && picture.breakpointAt(node.key)) {
    context.beginPath();
    context.arc(node.x, node.y, Math.max(7, 3 / picture.view.zoom), 0, Math.PI * 2);
    context.fillStyle = colours.breakpoint;
    context.fill();
  }
}

function paintNames(
  context: CanvasRenderingContext2D,
  nodes: NodeView[],
  picture: Picture,
  colours: Colours,
): void {
  context.font = '600 22px "Inter Variable", system-ui, sans-serif';
  context.fillStyle = colours.ink;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (const node of nodes) {
    if (node.shape === "start") continue;
    const name = picture.nameOf(node.key);
    if (node.shape !== "room") {
      context.fillText(name, node.x + node.width / 2, node.y + node.height / 2, node.width - 16);
      continue;
    }
    // The name of a room stands in the middle of what is in sight of it.
    const cut = cutSides(node, picture.view, picture.size);
    const width = node.width - cut.left - cut.right;
    context.fillText(name, node.x + cut.left + width / 2, node.y + 18, width - 16);
  }
}
