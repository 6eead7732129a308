// The drawing as React Flow's nodes. Sizes and handles are known beforehand, so that nothing has to be measured.
import { type Node, Position } from "@xyflow/react";
import type { OpenDocument } from "../session/document";
import type { DiagramView, NodeView } from "../transport/contract";

export interface NodeData extends Record<string, unknown> {
  document: OpenDocument;
  key: string;
}

export type CanvasNode = Node<NodeData>;

/** Rooms lie below the transitions, cards above. */
export const LAYER = { room: 0, edges: 50, card: 100 };

/** Nodes that did not change keep their identity. */
export function toNodes(
  document: OpenDocument,
  diagram: DiagramView,
  before: readonly CanvasNode[],
): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return diagram.nodes.map((view, depth) => {
    const node = toNode(document, view, depth);
    const old = known.get(node.id);
    return old && unchanged(old, node) ? old : node;
  });
}

function toNode(document: OpenDocument, view: NodeView, depth: number): CanvasNode {
  const { width, height } = view;
  const middle = { x: width / 2, width: 1, height: 1 };
  return {
    id: nodeId(view.key),
    type: view.shape,
    position: { x: view.x, y: view.y },
    width,
    height,
    measured: { width, height },
    handles: [
      { type: "target", position: Position.Top, ...middle, y: 0 },
      { type: "source", position: Position.Bottom, ...middle, y: height },
    ],
    // Without this React Flow lets the pointer through, for it knows of no use for it.
    style: { pointerEvents: "all" },
    // A room comes before what lies in it, so rooms in rooms lie higher.
    zIndex: view.shape === "room" ? LAYER.room + Math.min(depth, LAYER.edges - 1) : LAYER.card,
    data: { document, key: view.key },
  };
}

/** React Flow wants an id that is not empty; the start pill's key is. */
export function nodeId(key: string): string {
  return `state ${key}`;
}

function unchanged(a: CanvasNode, b: CanvasNode): boolean {
  return (
    a.type === b.type &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.zIndex === b.zIndex &&
    a.data.document === b.data.document
  );
}
