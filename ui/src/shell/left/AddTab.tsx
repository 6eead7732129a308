// What can be put into the workflow: drag it onto the canvas, or click, or press Enter, to put it after the selected state.
import { Search } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { matches } from "../../debugger/lists/filter";
import { TextInput } from "../../design/Field";
import { Icon } from "../../design/icons";
import { join } from "../../design/join";
import { FLOW_STATES, type NewState } from "../../session/flowStates";
import { useDocument, useSession, useSignal } from "../../session/hooks";
import type { Session } from "../../session/session";
import type { ActionView, FunctionView, Place } from "../../transport/contract";
import styles from "./left.module.css";

/** How far the pointer moves before a click becomes a drag, in CSS pixels. */
const SLACK = 5;

/** Something that can be put in. */
interface Addable {
  title: string;
  icon: string;
  note?: string;
  state: NewState;
}

/** A Task says nothing of what it does: functions and actions do. */
const FLOW: Addable[] = FLOW_STATES.filter(({ stateType }) => stateType !== "Task").map(
  ({ stateType, icon }) => ({ title: stateType, icon, state: { stateType } }),
);

function ofFunction({ name, runtime }: FunctionView): Addable {
  return { title: name, icon: "function", note: runtime, state: { stateType: "Task", function: name } };
}

function ofAction({ id, title, service, icon }: ActionView): Addable {
  return { title, icon, note: service, state: { stateType: "Task", action: id } };
}

/** Behind the selected state, or at the beginning. */
function add(session: Session, state: NewState): void {
  const after = session.selection.state;
  const place: Place = after === null ? { kind: "beforeStart", scope: "" } : { kind: "after", state: after };
  void session.documents.insert(place, state);
}

export function AddTab() {
  const session = useSession();
  const { selection, project } = session;
  const document = useDocument();
  const selected = useSignal(selection.current);
  const open = useSignal(project.state);
  const info = useSignal(project.info);
  const [sought, setSought] = useState("");
  const after = selected ? (document?.state(selected.state)?.name ?? null) : null;
  const found = ({ title, note }: Addable) => matches(sought.trim(), `${title} ${note ?? ""}`);
  const functions = open.kind === "open" ? open.project.functions.map(ofFunction) : [];
  const groups = [
    { heading: "Flow", rows: FLOW.filter(found) },
    { heading: "Functions in this project", rows: functions.filter(found) },
    { heading: "Actions", rows: (info?.actions ?? []).map(ofAction).filter(found) },
  ].filter(({ rows }) => rows.length > 0);
  const onSearchKey = (event: KeyboardEvent) => {
    const first = groups[0]?.rows[0];
    if (event.key === "Escape") setSought("");
    else if (event.key === "Enter" && sought.trim() !== "" && first) add(session, first.state);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys lead from the field to the buttons in it
    <div className={styles.list} onKeyDown={moveFocus}>
      <div className={styles.search}>
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <TextInput
          type="search"
          aria-label="Search states and actions"
          placeholder="Search states and actions"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={onSearchKey}
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
        {after
          ? `, or press Enter to put it after ${after}`
          : ", or select a state and press Enter to put it behind"}
        .
      </p>
    </div>
  );
}

/** Up and down through the search field and the buttons below it. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, button")];
  const next = stops[stops.indexOf(event.target as HTMLElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function AddRow({ row }: { row: Addable }) {
  const { title, icon, note, state } = row;
  const session = useSession();
  const { drag, documents } = session;
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
    if (start.moved) drag.move({ title, icon, x, y });
  };
  const drop = () => {
    const place = drag.end();
    if (pressed.current?.moved && place) void documents.insert(place, state);
  };
  const onClick = () => {
    const moved = pressed.current?.moved ?? false;
    pressed.current = null;
    if (!moved) add(session, state);
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
