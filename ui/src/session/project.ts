// The open project, and the workflow in front.
import type { AppInfo, ProjectView, WorkflowView } from "../transport/contract";
import type { Transport } from "../transport/transport";
import { Signal } from "./signal";

export type ProjectState = { kind: "loading" } | { kind: "none" } | { kind: "open"; project: ProjectView };

export class Project {
  readonly state = new Signal<ProjectState>({ kind: "loading" });
  readonly info = new Signal<AppInfo | null>(null);
  /** The id of the workflow in front. */
  readonly workflow = new Signal<string | null>(null);

  constructor(
    private readonly transport: Transport,
    /** What was open is left: another folder comes in its place, or none. */
    private readonly left: () => void,
  ) {}

  get view(): ProjectView | null {
    const state = this.state.get();
    return state.kind === "open" ? state.project : null;
  }

  get front(): WorkflowView | null {
    const id = this.workflow.get();
    return this.view?.workflows.find((workflow) => workflow.id === id) ?? null;
  }

  /** Takes what the core says is open, and keeps the workflow in front if it is still there. */
  apply(project: ProjectView | null): void {
    if (project?.root !== this.view?.root) this.left();
    this.state.set(project ? { kind: "open", project } : { kind: "none" });
    const id = this.workflow.get();
    const kept = project?.workflows.some((workflow) => workflow.id === id) ?? false;
    if (!kept) this.workflow.set(project?.workflows[0]?.id ?? null);
  }

  async refresh(): Promise<void> {
    const [info, current] = await Promise.all([
      this.transport.call("app.info", {}),
      this.transport.call("project.current", {}),
    ]);
    this.info.set(info);
    this.apply(current.project);
  }

  async open(path: string): Promise<void> {
    const before = this.view?.root;
    const project = await this.transport.call("project.open", { path });
    // The same folder opened anew has new documents.
    if (project.root === before) this.left();
    this.apply(project);
    this.info.set(await this.transport.call("app.info", {}));
  }

  async close(): Promise<void> {
    await this.transport.call("project.close", {});
    this.apply(null);
    this.info.set(await this.transport.call("app.info", {}));
  }

  async trust(trusted: boolean): Promise<void> {
    this.apply(await this.transport.call("project.trust", { trusted }));
  }
}
