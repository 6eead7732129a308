// Listens for the keys of the window, and does what they say.
import { useEffect } from "react";
import { useSession } from "../session/hooks";
import { isLive } from "../session/run";
import type { Session } from "../session/session";
import { type Command, commandFor } from "./keymap";

export function useShortcuts(): void {
  const session = useSession();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = commandFor(event, isField(event.target));
      if (!command || !may(command, session)) return;
      event.preventDefault();
      if (!event.repeat || REPEATING.includes(command)) perform(command, session);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [session]);
}

const REPEATING: readonly Command[] = ["undo", "redo", "over", "into", "out", "back"];

/** A dialog keeps the keys for itself. */
function may(command: Command, session: Session): boolean {
  if (session.dialog.get() !== null || session.runs.question.get() !== null) return false;
  return command === "openProject" || command === "shortcuts" || session.project.view !== null;
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest(".cm-editor")) return false;
  return target.closest("input, textarea, select, [contenteditable=true]") !== null;
}

export function perform(command: Command, session: Session): void {
  const { documents, run, dialog, breakpoints, selection } = session;
  const debugged = run.head.get()?.debug === true && run.paused.get() !== null;
  switch (command) {
    case "debugOrContinue":
      if (debugged) void run.step("continue");
      else if (!isRunning(session)) dialog.set("debug");
      break;
    case "run":
      if (!isRunning(session)) dialog.set("run");
      break;
    case "stop":
      if (isRunning(session)) void run.stop();
      break;
    case "pause":
      if (isRunning(session) && !debugged) void run.step("pause");
      break;
    case "over":
    case "into":
    case "out":
    case "back":
      if (debugged) void run.step(command);
      break;
    case "breakpoint":
      if (selection.state !== null) void breakpoints.toggle(selection.state);
      break;
    case "undo":
      void documents.undo();
      break;
    case "redo":
      void documents.redo();
      break;
    case "save":
      void documents.save();
      break;
    case "openProject":
      void session.askForProject();
      break;
    case "restart":
      if (run.head.get() !== null) void session.restartRun();
      break;
    case "palette":
    case "find":
    case "shortcuts":
      dialog.set(command);
      break;
  }
}

function isRunning(session: Session): boolean {
  const head = session.run.head.get();
  return head !== null && isLive(head.status);
}
