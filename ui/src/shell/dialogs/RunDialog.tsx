// What to run with: an event file, or an input typed by hand, checked as it is typed.
import { Bug, FileBraces, PencilLine, Play } from "lucide-react";
import { type KeyboardEvent, useCallback, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { type JsonCheck, JsonField } from "../../design/JsonField";
import { join } from "../../design/join";
import { Switch } from "../../design/Switch";
import { useSession } from "../../session/hooks";
import type { EventFile } from "../../transport/contract";
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

  const wrong = checked !== null && checked.problem !== null;
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
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
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
        </div>
      </div>
    </Dialog>
  );
}

interface EventListProps {
  events: EventFile[];
  current: string | null;
  onPick(event: EventFile | null): void;
}

function EventList({ events, current, onPick }: EventListProps) {
  return (
    <div className={styles.events} role="listbox" aria-label="Events" tabIndex={-1}>
      {events.map((event) => (
        <button
          key={event.path}
          type="button"
          role="option"
          aria-selected={event.path === current}
          className={join(styles.option, event.path === current && styles.picked)}
          title={event.path}
          onClick={() => onPick(event)}
        >
          <FileBraces size={16} strokeWidth={1.75} aria-hidden />
          <span>{event.name}</span>
        </button>
      ))}
      <button
        type="button"
        role="option"
        aria-selected={current === null}
        className={join(styles.option, current === null && styles.picked)}
        onClick={() => onPick(null)}
      >
        <PencilLine size={16} strokeWidth={1.75} aria-hidden />
        <span>Typed by hand</span>
      </button>
    </div>
  );
}

/** What was run last, else the first event file, else an empty object. */
function firstInput(last: { path: string | null; text: string | null } | null, events: EventFile[]) {
  const file = events.find((event) => event.path === last?.path) ?? (last ? undefined : events[0]);
  return { path: file?.path ?? null, text: file?.text ?? last?.text ?? "{}" };
}
