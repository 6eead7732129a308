// What to run with: an event file, or an input typed by hand, checked as it is typed. Enter in the list runs; inside the
// input it is a new line, and Ctrl+Enter runs.
import { Bug, CircleAlert, FileBraces, PencilLine, Play } from "lucide-react";
import { type KeyboardEvent, useCallback, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { type JsonCheck, JsonField } from "../../design/JsonField";
import { join } from "../../design/join";
import { Keys } from "../../design/Keys";
import { Switch } from "../../design/Switch";
import { useSession } from "../../session/hooks";
import type { EventFile } from "../../transport/contract";
import { useErrorCount } from "../useProblemCount";
import styles from "./dialogs.module.css";

interface Props {
  /** What Enter does: debug, or run. */
  debug: boolean;
  onClose(): void;
}

export function RunDialog({ debug, onClose }: Props) {
  const session = useSession();
  const project = session.project.view;
  const events = project?.events ?? [];
  const [begin] = useState(() => firstInput(session.input.get(), events));
  const [path, setPath] = useState(begin.path);
  const [text, setText] = useState(begin.text);
  const [checked, setChecked] = useState<JsonCheck | null>(null);
  const [stopOnEntry, setStopOnEntry] = useState(false);
  const [virtualTime, setVirtualTime] = useState(false);
  const check = useCallback((json: string) => session.checkJson(json), [session]);

  const errors = useErrorCount();
  const wrong = errors > 0 || (checked !== null && checked.problem !== null);
  const start = (withDebugger: boolean) => {
    if (wrong) return;
    session.input.set({ path, text });
    onClose();
    void session.startRun(text, {
      debug: withDebugger,
      stopOnEntry: withDebugger && stopOnEntry,
      virtualTime,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.repeat) return;
    const inList = event.target instanceof Element && event.target.closest("[role=option]") !== null;
    if (!inList && !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    start(debug);
  };
  const pick = (event: EventFile | null) => {
    setPath(event?.path ?? null);
    if (event) setText(event.text);
  };
  const type = (typed: string) => {
    setText(typed);
    if (events.find((event) => event.path === path)?.text !== typed) setPath(null);
  };
  return (
    <Dialog
      wide
      title={`${debug ? "Debug" : "Run"} ${session.project.front?.name ?? ""}`}
      onClose={onClose}
      onSubmit={() => start(debug)}
      actions={
        <>
          <Switch checked={virtualTime} onChange={setVirtualTime}>
            Waits pass at once
          </Switch>
          <Switch checked={stopOnEntry} onChange={setStopOnEntry}>
            Debug from the first state
          </Switch>
          <span className={styles.space} />
          <Button
            icon={Play}
            kind={debug ? "plain" : "primary"}
            disabled={wrong}
            onClick={() => start(false)}
          >
            Run
          </Button>
          <Button icon={Bug} kind={debug ? "primary" : "plain"} disabled={wrong} onClick={() => start(true)}>
            Debug
          </Button>
        </>
      }
    >
      {errors > 0 ? <Invalid errors={errors} onClose={onClose} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears the keys of the fields inside */}
      <div className={styles.run} onKeyDown={onKeyDown}>
        {events.length > 0 ? <EventList events={events} current={path} onPick={pick} /> : null}
        <div className={styles.input}>
          <JsonField
            label="Input"
            value={text}
            rows={15}
            onChange={type}
            check={check}
            onChecked={setChecked}
          />
          <p className={styles.keys}>
            <Keys keys="Ctrl+Enter" /> {debug ? "debugs" : "runs"} with this input
          </p>
        </div>
      </div>
    </Dialog>
  );
}

/** A definition with errors can't run: said before an input is chosen, with the way to what is wrong. */
function Invalid({ errors, onClose }: { errors: number; onClose(): void }) {
  const { layout } = useSession();
  const show = () => {
    onClose();
    layout.showFloor("problems");
  };
  return (
    <p className={styles.invalid} role="alert">
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
      <span>
        The definition has {errors === 1 ? "an error" : `${errors} errors`}: it can't run before{" "}
        {errors === 1 ? "it is" : "they are"} mended.
      </span>
      <Button size="small" data-first onClick={show}>
        Show {errors === 1 ? "it" : "them"}
      </Button>
    </p>
  );
}

interface EventListProps {
  events: EventFile[];
  current: string | null;
  onPick(event: EventFile | null): void;
}

/** One stop for Tab; arrows walk, and what they come to is picked. */
function EventList({ events, current, onPick }: EventListProps) {
  const all = [...events, null];
  const at = events.findIndex((event) => event.path === current);
  const chosen = at < 0 ? events.length : at;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: events.length }[event.key];
    const next = to === undefined ? undefined : all[to];
    if (to === undefined || next === undefined) return;
    event.preventDefault();
    onPick(next);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=option]")[to]?.focus();
  };
  return (
    <div className={styles.events} role="listbox" aria-label="Events" tabIndex={-1} onKeyDown={onKeyDown}>
      {all.map((event, index) => {
        const Icon = event ? FileBraces : PencilLine;
        const picked = index === chosen;
        return (
          <button
            key={event?.path ?? ""}
            type="button"
            role="option"
            aria-selected={picked}
            tabIndex={picked ? 0 : -1}
            data-first={picked || undefined}
            className={join(styles.option, picked && styles.picked)}
            title={event?.path}
            onClick={() => onPick(event)}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span>{event?.name ?? "Typed by hand"}</span>
          </button>
        );
      })}
    </div>
  );
}

/** What was run last, else the first event file, else an empty object. */
function firstInput(last: { path: string | null; text: string | null } | null, events: EventFile[]) {
  const file = events.find((event) => event.path === last?.path) ?? (last ? undefined : events[0]);
  return { path: file?.path ?? null, text: file?.text ?? last?.text ?? "{}" };
}
