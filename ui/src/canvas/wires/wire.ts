// A transition on its way: drawn from a state's handle, or its end taken off another state. Where it may land.
import { createContext, useContext } from "react";
import type { OpenDocument } from "../../session/document";
import { Signal } from "../../session/signal";
import { beside } from "../../session/stateActions";
import type { DiagramView, EdgeView } from "../../transport/contract";
import type { Point } from "../edges/path";

export interface Wire {
  /** Where it begins, in the drawing's coordinates. */
  start: Point;
  /** Where the pointer is, likewise. */
  end: Point;
  /** The state that it would lead to if it were let go now. */
  target: string | null;
}

/** What is drawn: a new transition of a state, or one that is there. */
export type Source = { from: string } | { edge: EdgeView };

export const WireContext = createContext<Signal<Wire | null>>(new Signal<Wire | null>(null));

export function useWire(): Signal<Wire | null> {
  return useContext(WireContext);
}

/** The state at a point to which the source may lead: the innermost, or the room around it. */
export function targetAt(document: OpenDocument, source: Source, at: Point): string | null {
  const origin = "from" in source ? source.from : source.edge.to;
  const allowed = new Set(beside(document, origin).map((state) => state.key));
  if ("from" in source) allowed.delete(source.from);
  const diagram = document.diagram.get();
  for (let key = nodeAt(diagram, at); key !== null; key = parentOf(diagram, key)) {
    if (allowed.has(key)) return key;
  }
  return null;
}

function nodeAt(diagram: DiagramView, { x, y }: Point): string | null {
  const hit = diagram.nodes.findLast(
    (node) => x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height,
  );
  return hit?.key || null;
}

function parentOf(diagram: DiagramView, key: string): string | null {
  return diagram.nodes.find((node) => node.key === key)?.parent ?? null;
}
