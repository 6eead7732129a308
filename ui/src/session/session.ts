// Everything that this window knows: the stores, and how the core's events reach them.
import type { JsonChecked, StudioEvent } from "../transport/contract";
import { CallFailure, type Connection, type Transport } from "../transport/transport";
import { Breakpoints } from "./breakpoints";
import { Documents } from "./documents";
import { Drag } from "./drag";
import { Layout } from "./layout";
import { Notices } from "./notices";
import { Project } from "./project";
import { isLive, Run, type Visit } from "./run";
import { Runs } from "./runs";
import { Selection } from "./selection";
import { Signal } from "./signal";
import { Watches } from "./watches";

export type DialogName = "run" | "debug" | "export" | "open" | "shortcuts" | "palette" | "find" | "copy";

export class Session {
  readonly connection = new Signal<Connection>("connecting");
  readonly notices = new Notices();
  readonly selection = new Selection();
  readonly drag = new Drag();
  /** The dialog that is open. */
  readonly dialog = new Signal<DialogName | null>(null);
  /** What was run last: an event file, or a text typed by hand. */
  readonly input = new Signal<{ path: string | null; text: string | null } | null>(null);
  readonly layout: Layout;
  readonly project: Project;
  readonly documents: Documents;
  readonly breakpoints: Breakpoints;
  readonly run: Run;
  readonly runs: Runs;
  readonly watches: Watches;
  private stop: (() => void) | null = null;
  private begun = false;
  private stoodAt: string | null = null;
  /** The run that was seen going on. */
  private watched: string | null = null;

  constructor(readonly transport: Transport) {
    const copy = { title: "Save a copy…", act: () => this.dialog.set("copy") };
    const report = (failure: CallFailure) =>
      this.notices.report(failure, failure.code === "document.notWritable" ? copy : null);
    this.layout = new Layout(transport, {
      hasRun: () => this.run.head.get() !== null,
      width: () => window.innerWidth,
    });
    this.project = new Project(transport, () => this.leaveProject());
    this.documents = new Documents(transport, this.selection, report);
    this.breakpoints = new Breakpoints(transport, report);
    this.run = new Run(transport, report);
    this.watches = new Watches(transport);
    this.runs = new Runs(transport, (trusted) => this.project.trust(trusted), report);
  }

  start(): () => void {
    const unfollow = this.project.workflow.subscribe(() => void this.followWorkflow());
    const unprogress = this.run.progress.subscribe(() => this.followOutcome());
    const unpause = this.run.paused.subscribe(() => this.followDebugger());
    this.stop = this.transport.subscribe({
      events: (batch) => {
        for (const event of batch) this.receive(event);
      },
      connection: (state) => {
        this.connection.set(state);
        if (state === "online") void this.refresh();
      },
    });
    return () => {
      unfollow();
      unpause();
      unprogress();
      this.stop?.();
    };
  }

  /** Opens a folder. Rejects, and leaves everything as it is, when it can't be opened. */
  async openProject(path: string): Promise<void> {
    await this.project.open(path);
    await this.runs.refresh();
  }

  /** Lets the user pick a folder: in the system's dialog where there is one, else in ours. */
  async askForProject(): Promise<void> {
    const { dialogs } = this.transport;
    if (!dialogs) {
      this.dialog.set("open");
      return;
    }
    const path = await dialogs.openFolder();
    if (path !== null) await this.attempt(() => this.openProject(path));
  }

  async closeProject(): Promise<boolean> {
    return this.attempt(() => this.project.close());
  }

  /** Starts a run of the workflow in front and shows it. */
  async startRun(input: string, how: { debug: boolean; stopOnEntry: boolean; virtualTime: boolean }) {
    const workflow = this.project.front;
    if (!workflow) return false;
    await this.documents.front?.flush();
    const view = await this.runs.start({ workflow: workflow.id, input, ...how });
    if (!view) return false;
    // It may have ended by now.
    this.watched = view.execution;
    this.run.show(view);
    return true;
  }

  /** Ends the run that is shown, and starts one with the same input, in the same way. */
  async restartRun(): Promise<void> {
    const head = this.run.head.get();
    if (!head) return;
    const { execution, input, debug, virtualTime, status } = head;
    await this.attempt(async () => {
      const whole = input.handle
        ? (await this.transport.call("run.value", { execution, handle: input.handle })).text
        : input.text;
      if (isLive(status) && !(await this.run.stop())) return;
      await this.startRun(whole, { debug, stopOnEntry: false, virtualTime });
    });
  }

  /** Shows a run of the list, with its workflow. */
  async showRun(execution: string): Promise<boolean> {
    return this.attempt(async () => {
      const view = await this.transport.call("run.get", { execution });
      if (this.project.view?.workflows.some((workflow) => workflow.id === view.workflow)) {
        this.project.workflow.set(view.workflow);
      }
      this.run.show(view);
    });
  }

  /** Asks how to run again, with the input of an earlier run. */
  async prepareRun(execution: string): Promise<void> {
    await this.attempt(async () => {
      const { input } = await this.transport.call("run.get", { execution });
      const { handle } = input;
      const whole = handle && (await this.transport.call("run.value", { execution, handle })).text;
      this.input.set({ path: null, text: whole ?? input.text });
      this.dialog.set("run");
    });
  }

  /** Removes an ended run from the project's record. */
  async removeRun(execution: string): Promise<void> {
    await this.attempt(async () => {
      await this.transport.call("run.remove", { execution });
      if (this.run.execution === execution) this.run.show(null);
      await this.runs.refresh();
    });
  }

  /** Shows the data of a visit of a state: from a row of the timeline, a frame of the stack. */
  showVisit(visit: Visit): void {
    this.selection.select(visit.state);
    this.run.visit.set(visit);
    this.layout.showRight("data");
  }

  checkJson(text: string): Promise<JsonChecked> {
    return this.transport.call("json.check", { text });
  }

  /** Does it, or tells the user why not. */
  async attempt(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (thrown) {
      this.notices.report(CallFailure.from(thrown));
      return false;
    }
  }

  private async refresh(): Promise<void> {
    await this.attempt(async () => {
      const first = !this.begun;
      if (first) await Promise.all([this.layout.load(), this.watches.load()]);
      await this.project.refresh();
      if (this.begun) await this.documents.resume();
      this.begun = true;
      if (!this.project.view) return;
      await Promise.all([this.runs.refresh(), this.run.refresh()]);
      if (first) await this.showUnfinished();
    });
  }

  /** A page that was loaded anew shows the run that goes on, or is held, behind it. */
  private async showUnfinished(): Promise<void> {
    const unfinished = this.runs.list.get()?.find((run) => isLive(run.status));
    if (unfinished && this.run.execution === null) await this.showRun(unfinished.execution);
  }

  private receive(event: StudioEvent): void {
    switch (event.event) {
      case "project":
        this.project.apply(event.project);
        this.followDocument();
        if (event.project && this.runs.list.get() === null) void this.runs.refresh();
        break;
      case "documentChanged":
      case "documentAnalysed":
      case "documentStatus":
        this.documents.receive(event);
        break;
      case "runChanged":
        this.run.receive(event);
        break;
      case "runLog":
        this.run.receiveLog(event.execution, event.lines);
        break;
      case "runsChanged":
        void this.runs.refresh();
        break;
      case "buildProgress":
        this.runs.builds.receive(event.line);
        break;
      case "breakpointsChanged":
        this.breakpoints.receive(event.workflow, event.breakpoints);
        break;
      case "notice":
        this.notices.add(event.severity, event.message);
        break;
    }
  }

  private async followWorkflow(): Promise<void> {
    const workflow = this.project.front;
    this.selection.select(null);
    if (this.run.head.get()?.workflow !== workflow?.id) this.run.show(null);
    if (!workflow) return this.documents.closeAll();
    await Promise.all([this.documents.show(workflow.document), this.breakpoints.show(workflow.id)]);
  }

  /** The workflow in front may have got its file back, or another one. */
  private followDocument(): void {
    const wanted = this.project.front?.document;
    const current = this.documents.current.get();
    const shown =
      current.kind === "open" ? current.document.path : current.kind === "loading" && current.path;
    if (wanted !== undefined && shown !== wanted) void this.documents.show(wanted);
  }

  /** Where the debugger stands, there the window looks. */
  private followDebugger(): void {
    const paused = this.run.paused.get();
    const place = paused && JSON.stringify([this.run.execution, paused.state, paused.place, paused.frame]);
    if (place === this.stoodAt) return;
    this.stoodAt = place;
    if (!paused?.state) return;
    this.run.visit.set(null);
    if (this.run.scope.get()?.frame !== paused.frame) this.run.lookInto(null);
    this.selection.select(paused.state);
    this.layout.showRight("data");
  }

  /** When a run that was watched ends: the state that failed, or the result. */
  private followOutcome(): void {
    const head = this.run.head.get();
    if (head && isLive(head.status)) this.watched = head.execution;
    else if (head && head.execution === this.watched) {
      this.watched = null;
      const failed = this.run.failedState();
      if (failed !== null && head.status !== "succeeded") this.selection.select(failed);
      if (failed !== null || this.selection.state === null) this.layout.showRight("data");
    }
  }

  private leaveProject(): void {
    this.run.show(null);
    this.runs.list.set(null);
    this.input.set(null);
    this.selection.select(null);
    this.documents.closeAll();
    this.project.workflow.set(null);
  }
}
