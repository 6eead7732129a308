// The graph of the document in front.
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { type MouseEvent, useCallback, useMemo, useRef } from "react";
import { ContextMenu } from "../design/Menu";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession, useSignal } from "../session/hooks";
import { Signal } from "../session/signal";
import styles from "./Canvas.module.css";
import { DropLayer } from "./edges/DropLayer";
import { EdgeLayer } from "./edges/EdgeLayer";
import { FirstState } from "./FirstState";
import { type CanvasNode, toNodes } from "./graph";
import { Card } from "./nodes/Card";
import { elementId } from "./nodes/Frame";
import { Pill, Start } from "./nodes/Pill";
import { Room } from "./nodes/Room";
import { useCanvasKeys } from "./useCanvasKeys";
import { useCanvasMenu } from "./useCanvasMenu";
import { Overview } from "./view/Overview";
import { useScene } from "./view/useScene";
import { useView } from "./view/useView";
import { ZOOM } from "./view/viewport";
import { ZoomBar } from "./view/ZoomBar";
import { WireLayer } from "./wires/WireLayer";
import { type Wire, WireContext } from "./wires/wire";

const NODE_TYPES = { card: Card, stack: Card, room: Room, pill: Pill, start: Start };
const NO_NODES: CanvasNode[] = [];
/** So many nodes are there also while they are out of sight: for who listens to the page instead of looking at it. */
const ALWAYS_THERE = 120;

export function Canvas() {
  const document = useDocument();
  if (!document) return null;
  return (
    <ReactFlowProvider>
      <Graph key={document.path} document={document} />
    </ReactFlowProvider>
  );
}

function Graph({ document }: { document: OpenDocument }) {
  const session = useSession();
  const diagram = useSignal(document.diagram);
  const selected = useSignal(session.selection.current);
  const before = useRef(NO_NODES);
  const nodes = useMemo(() => {
    before.current = toNodes(document, diagram, before.current);
    return before.current;
  }, [document, diagram]);
  const element = useRef<HTMLDivElement>(null);
  const scene = useScene(diagram);
  const view = useView(document, diagram, element);
  useCanvasKeys(element, document, view.zoom);
  const menu = useCanvasMenu(document);
  const wire = useMemo(() => new Signal<Wire | null>(null), []);

  const onPaneClick = useCallback(
    (event: MouseEvent) => {
      session.selection.touch(scene.overview ? view.stateAt(event) : null);
    },
    [session, scene.overview, view.stateAt],
  );

  return (
    <WireContext value={wire}>
      <ContextMenu label={menu.label} items={menu.items}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu key opens it, too */}
        <div ref={element} className={styles.canvas} onContextMenu={menu.onContextMenu}>
          <ReactFlow
            // React Flow's own element has the role of an application.
            aria-label="Workflow"
            aria-activedescendant={selected ? elementId(selected.state) : undefined}
            tabIndex={0}
            nodes={scene.overview ? NO_NODES : nodes}
            nodeTypes={NODE_TYPES}
            onPaneClick={onPaneClick}
            // Not at its start: that is any press of a button.
            onMove={(event) => event && view.leave()}
            onlyRenderVisibleElements={nodes.length > ALWAYS_THERE}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            elementsSelectable={false}
            edgesFocusable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            zoomOnDoubleClick={false}
            panOnDrag={[0, 1]}
            minZoom={ZOOM.min}
            maxZoom={ZOOM.max}
          >
            <Background variant={BackgroundVariant.Dots} gap={24} size={2.2} color="var(--dots)" />
            {scene.overview ? null : <EdgeLayer document={document} diagram={diagram} box={scene.box} />}
            <DropLayer document={document} canvas={element} />
            <WireLayer diagram={diagram} />
          </ReactFlow>
          {scene.overview ? <Overview document={document} diagram={diagram} /> : null}
          <FirstState document={document} />
          <ZoomBar onZoom={view.zoom} />
        </div>
      </ContextMenu>
    </WireContext>
  );
}
