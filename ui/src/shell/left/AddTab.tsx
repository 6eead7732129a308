// What can be put into the workflow: drag it onto the canvas, or click to put it after the selected state.
import { type PointerEvent, useRef } from "react";
import { Icon } from "../../design/icons";
import { join } from "../../design/join";
import { FLOW_STATES } from "../../session/flowStates";
import { useDocument, useSession, useSignal } from "../../session/hooks";
import type { Place } from "../../transport/contract";
import styles from "./left.module.css";

/** How far the pointer moves before a click becomes a drag, in CSS pixels. */
const SLACK = 5;

export function AddTab() {
  const { selection } = useSession();
  const document = useDocument();
  const selected = useSignal(selection.current);
  const after = selected ? (document?.state(selected.state)?.name ?? null) : null;
  return (
    <div className={styles.list}>
      <h3 className={styles.heading}>Flow</h3>
      {FLOW_STATES.map((state) => (
        <AddRow key={state.stateType} {...state} />
      ))}
      <p className={styles.hint}>
        Drag one onto the canvas
        {after ? `, or click to put it after ${after}` : ", or select a state and click to put it behind"}.
      </p>
    </div>
  );
}

function AddRow({ stateType, icon }: { stateType: string; icon: string }) {
  const { drag, documents, selection } = useSession();
  const document = useDocument();
  const pressed = useRef<{ x: number; y: number; moved: boolean } | null>(null);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { x: event.clientX, y: event.clientY, moved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const start = pressed.current;
    if (!start) return;
    const { clientX: x, clientY: y } = event;
    start.moved ||= Math.hypot(x - start.x, y - start.y) > SLACK;
    if (start.moved) drag.move({ stateType, icon, x, y });
  };
  const drop = () => {
    const place = drag.end();
    if (pressed.current?.moved && place) void documents.insert(place, stateType);
  };
  const onClick = () => {
    const moved = pressed.current?.moved ?? false;
    pressed.current = null;
    if (moved || !document) return;
    const start: Place = { kind: "beforeStart", scope: "" };
    const place: Place = selection.state ? { kind: "after", state: selection.state } : start;
    void documents.insert(place, stateType);
  };
  return (
    <button
      type="button"
      aria-label={`Add ${stateType}`}
      className={join(styles.row, styles.grab)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={() => {
        pressed.current = null;
        drag.end();
      }}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span className={styles.title}>{stateType}</span>
    </button>
  );
}
