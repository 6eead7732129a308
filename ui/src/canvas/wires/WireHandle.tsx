// Something to pull a transition by: the handle under a state, and the end of a transition.
import { useReactFlow } from "@xyflow/react";
import { type CSSProperties, type PointerEvent, useEffect, useRef } from "react";
import { join } from "../../design/join";
import type { OpenDocument } from "../../session/document";
import { useSession } from "../../session/hooks";
import { reconnectEdge } from "../../session/stateActions";
import type { Point } from "../edges/path";
import { type Source, targetAt, useWire } from "./wire";
import styles from "./wires.module.css";

interface Props {
  document: OpenDocument;
  source: Source;
  /** Where the line begins, in the drawing's coordinates. */
  startOf(): Point | null;
  label: string;
  className?: string;
  style?: CSSProperties;
  onHover?(over: boolean): void;
}

export function WireHandle({ document, source, startOf, label, className, style, onHover }: Props) {
  const session = useSession();
  const flow = useReactFlow();
  const wire = useWire();
  const pulling = useRef(false);
  const cancel = useRef(() => {
    pulling.current = false;
    wire.set(null);
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !pulling.current) return;
      event.preventDefault();
      cancel.current();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);

  const at = (event: PointerEvent) => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    pulling.current = true;
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!pulling.current) return;
    const [start, end] = [startOf(), at(event)];
    if (start) wire.set({ start, end, target: targetAt(document, source, end) });
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!pulling.current) return;
    const target = targetAt(document, source, at(event));
    cancel.current();
    if (target === null) return;
    if ("from" in source) void session.documents.edit({ kind: "connect", from: source.from, to: target });
    else if (target !== source.edge.to) void reconnectEdge(session, source.edge, target);
  };
  return (
    <button
      type="button"
      // The keyboard's way is the menu of the state, and its form.
      tabIndex={-1}
      aria-label={label}
      title={label}
      className={join(styles.handle, "nopan nodrag", className)}
      style={style}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => cancel.current()}
      onPointerEnter={() => onHover?.(true)}
      onPointerLeave={() => !pulling.current && onHover?.(false)}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
