// The dialogs and short messages of the window, with a core in memory behind them.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { SessionContext } from "../../src/session/hooks";
import { Session } from "../../src/session/session";
import { Dialogs } from "../../src/shell/dialogs/Dialogs";
import { Toasts } from "../../src/shell/Toasts";
import type { DiagnosticView } from "../../src/transport/contract";
import type { Handlers } from "../../src/transport/memory";
import { CallFailure } from "../../src/transport/transport";
import { news } from "../fixtures/analysis";
import { DOCUMENT, exampleCore } from "../fixtures/core";

beforeAll(() => {
  // What Radix asks of a browser and jsdom does not have.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function shown(handlers: Handlers = {}) {
  const core = exampleCore({ "run.list": () => ({ runs: [] }), ...handlers });
  const session = new Session(core);
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  render(
    <SessionContext.Provider value={session}>
      <Tooltip.Provider>
        <Dialogs />
        <Toasts />
      </Tooltip.Provider>
    </SessionContext.Provider>,
  );
  const open = (name: "run" | "debug" | "open") => act(() => session.dialog.set(name));
  const judge = (diagnostics: DiagnosticView[]) => {
    const analysis = session.documents.front?.analysis.get();
    if (!analysis) throw new Error("no analysis");
    const next = news({ ...analysis, version: analysis.version + 1, diagnostics });
    act(() => core.emit({ event: "documentAnalysed", ...next }));
  };
  judge([]);
  return { core, session, open, judge };
}

const focused = () => document.activeElement as HTMLElement;
const called = (core: { calls: { method: string; params: unknown }[] }, method: string) =>
  core.calls.filter((call) => call.method === method).map((call) => call.params);

it("runs from the list of events: arrows pick, Enter runs", async () => {
  const { core, open } = await shown();
  open("run");
  expect(focused().textContent).toBe("in-stock");
  fireEvent.keyDown(focused(), { key: "ArrowDown" });
  fireEvent.keyDown(focused(), { key: "ArrowDown" });
  expect(focused().textContent).toBe("card-declined");
  expect(focused().getAttribute("aria-selected")).toBe("true");
  expect(screen.getAllByRole("option").filter((option) => option.tabIndex === 0).length).toBe(1);
  fireEvent.keyDown(focused(), { key: "Enter" });
  await vi.waitFor(() => expect(called(core, "run.start").length).toBe(1));
  expect(called(core, "run.start")[0]).toMatchObject({ input: expect.stringContaining("card-declined") });
});

it("leaves Enter to the input, and says what runs from there", async () => {
  const { core, open } = await shown();
  open("debug");
  const input = screen.getByRole("textbox", { name: /Input/ });
  fireEvent.keyDown(input, { key: "Enter" });
  expect(called(core, "run.start")).toEqual([]);
  expect(screen.getByText(/debugs with this input/).textContent).toContain("Ctrl");
  fireEvent.keyDown(input, { key: "Enter", ctrlKey: true });
  await vi.waitFor(() => expect(called(core, "run.start")).toMatchObject([{ debug: true }]));
});

it("says before an input is asked for that a definition with errors can't run", async () => {
  const { session, open, judge } = await shown();
  const place = { from: 0, to: 1, line: 1, column: 1, state: null, field: null, fix: null };
  const error: DiagnosticView = { code: "SW0001", severity: "error", message: "no", ...place };
  judge([error, error]);
  open("run");
  expect(screen.getByRole("alert").textContent).toContain("2 errors");
  for (const name of ["Run", "Debug"]) {
    expect((screen.getByRole("button", { name }) as HTMLButtonElement).disabled).toBe(true);
  }
  fireEvent.click(screen.getByRole("button", { name: "Show them" }));
  expect(session.dialog.get()).toBeNull();
  expect(session.layout.state.get().floor).toBe("problems");
});

it("asks for trust with the cautious button in front", async () => {
  const { session } = await shown({
    "run.start": () => ({ kind: "needsTrust", willRun: ["price-order"] }),
  });
  act(() => {
    void session.startRun("{}", { debug: false, stopOnEntry: false, virtualTime: false });
  });
  await screen.findByText("Run code from this folder?");
  expect(focused().textContent).toBe("Don't run");
});

it("lists what lies at the path as it is typed, and says where nothing is", async () => {
  const missing = new CallFailure({ code: "files.browse", message: "/nowhere: no such folder" });
  const { open } = await shown({
    "files.browse": ({ path }) => {
      if (path === "/nowhere") throw missing;
      const name = `in ${path}`;
      return { path, parent: "/", entries: [{ name, path: `${path}/x`, folder: true, project: false }] };
    },
    "project.open": () => {
      throw new CallFailure({ code: "project.open", message: "It can't be read." });
    },
  });
  open("open");
  const path = screen.getByRole("textbox", { name: "Path" });
  fireEvent.change(path, { target: { value: "/srv" } });
  await screen.findByText("in /srv");
  fireEvent.change(path, { target: { value: "/nowhere" } });
  await screen.findByText("/nowhere: no such folder");
  expect(screen.queryByText("in /srv")).toBeNull();
  fireEvent.change(path, { target: { value: "/srv" } });
  await screen.findByText("in /srv");
  fireEvent.click(screen.getByRole("button", { name: "Open this folder" }));
  await screen.findByText("It can't be read.");
  expect(screen.getByRole("dialog")).not.toBeNull();
});

it("takes every message away after a while, but not from under the pointer", async () => {
  const { session } = await shown();
  vi.useFakeTimers();
  act(() => session.notices.add("error", "It can't be saved."));
  const toast = screen.getByRole("alert");
  fireEvent.pointerEnter(toast);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(session.notices.list.get().length).toBe(1);
  fireEvent.pointerLeave(toast);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(session.notices.list.get()).toEqual([]);
});
