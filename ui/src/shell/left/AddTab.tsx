// What can be put into the workflow: drag it onto the canvas, or click to put it after the selected state.
import { Search } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { TextInput } from "../../design/Field";
import { Icon } from "../../design/icons";
import { join } from "../../design/join";
import { FLOW_STATES } from "../../session/flowStates";
import { useDocument, useSession, useSignal } from "../../session/hooks";
import type { FunctionView, Place } from "../../transport/contract";
import styles from "./left.module.css";

/** How far the pointer moves before a click becomes a drag, in CSS pixels. */
const SLACK = 5;

/** Something that can be put in. */
interface Addable {
  title: string;
  icon: string;
  note?: string;
  stateType: string;
  function: string | null;
}

const FLOW: Addable[] = FLOW_STATES.map(({ stateType, icon }) => {
  return { title: stateType, icon, stateType, function: null };
});

function ofFunction({ name, runtime }: FunctionView): Addable {
  return { title: name, icon: "function", note: runtime, stateType: "Task", function: name };
}

export function AddTab() {
  const { selection, project } = useSession();
  const document = useDocument();
  const selected = useSignal(selection.current);
  const open = useSignal(project.state);
  const [sought, setSought] = useState("");
  const after = selected ? (document?.state(selected.state)?.name ?? null) : null;
  const matches = ({ title, note }: Addable) =>
    `${title} ${note ?? ""}`.toLowerCase().includes(sought.trim().toLowerCase());
  const functions = open.kind === "open" ? open.project.functions.map(ofFunction) : [];
  const groups = [
    { heading: "Flow", rows: FLOW.filter(matches) },
    { heading: "Functions in this project", rows: functions.filter(matches) },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <div className={styles.list}>
      <div className={styles.search}>
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <TextInput
          type="search"
          aria-label="Search states and functions"
          placeholder="Search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") setSought("");
          }}
        />
      </div>
      {groups.map(({ heading, rows }) => (
        <section key={heading} aria-label={heading}>
          <h3 className={styles.heading}>{heading}</h3>
          {rows.map((row) => (
            <AddRow key={row.title} row={row} />
          ))}
        </section>
      ))}
      {groups.length === 0 ? <p className={styles.hint}>Nothing here is called “{sought.trim()}”.</p> : null}
      <p className={styles.hint}>
        Drag one onto the canvas
        {after ? `, or click to put it after ${after}` : ", or select a state and click to put it behind"}.
      </p>
    </div>
  );
}

function AddRow({ row }: { row: Addable }) {
  const { title, icon, note, stateType } = row;
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
    if (start.moved) drag.move({ stateType, function: row.function, title, icon, x, y });
  };
  const drop = () => {
    const place = drag.end();
    if (pressed.current?.moved && place) void documents.insert(place, stateType, row.function);
  };
  const onClick = () => {
    const moved = pressed.current?.moved ?? false;
    pressed.current = null;
    if (moved || !document) return;
    const start: Place = { kind: "beforeStart", scope: "" };
    const place: Place = selection.state ? { kind: "after", state: selection.state } : start;
    void documents.insert(place, stateType, row.function);
  };
  return (
    <button
      type="button"
      aria-label={`Add ${title}`}
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
      <span className={styles.title}>{title}</span>
      {note ? <span className={styles.note}>{note}</span> : null}
    </button>
  );
}
