// The overview as a layer over the pane; pan and zoom go on working below it.
import { type ReactFlowState, useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { OpenDocument } from "../../session/document";
import { useSession } from "../../session/hooks";
import { transitionKey } from "../../session/run";
import { same } from "../../session/signal";
import type { DiagramView } from "../../transport/contract";
import styles from "./Overview.module.css";
import { type Colours, type Picture, paint, readColours } from "./paint";
import { viewOf } from "./useScene";
import { type Size, type View, visibleBox } from "./viewport";

function look(flow: ReactFlowState): { view: View; size: Size } {
  return { view: viewOf(flow), size: { width: flow.width, height: flow.height } };
}

interface Props {
  document: OpenDocument;
  diagram: DiagramView;
}

export function Overview({ document, diagram }: Props) {
  const { view, size } = useStore(look, same);
  const canvas = useRef<HTMLCanvasElement>(null);
  const session = useSession();

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    let colours: Colours | null = null;
    let frame = 0;
    const draw = () => {
      frame = 0;
      colours ??= readColours(element);
      paint(context, ratio, pictureOf(session, document, diagram, view, size), colours);
    };
    const soon = () => {
      frame ||= requestAnimationFrame(draw);
    };
    const recolour = () => {
      colours = null;
      soon();
    };
    draw();
    const watched = [session.run.states.revision, session.run.taken.revision, session.run.head];
    const stops = [...watched, session.selection.current, session.breakpoints.all].map((signal) =>
      signal.subscribe(soon),
    );
    const theme = new MutationObserver(recolour);
    theme.observe(window.document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      cancelAnimationFrame(frame);
      theme.disconnect();
      for (const stop of stops) stop();
    };
  }, [session, document, diagram, view, size]);

  return <canvas ref={canvas} className={styles.overview} aria-hidden data-overview />;
}

function pictureOf(
  session: ReturnType<typeof useSession>,
  document: OpenDocument,
  diagram: DiagramView,
  view: View,
  size: Size,
): Picture {
  const { run, breakpoints, selection } = session;
  const inRun = run.head.get()?.document === document.path;
  return {
    diagram,
    view,
    size,
    box: visibleBox(view, size),
    selected: selection.state,
    nameOf: (key) => document.state(key)?.name ?? key,
    runOf: (key) => (inRun ? run.states.get(key) : undefined),
    takenOf: (from, transition) => inRun && (run.taken.get(transitionKey(from, transition)) ?? 0) > 0,
    breakpointAt: (key) => breakpoints.byState.get(key) !== undefined,
  };
}
