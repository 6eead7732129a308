// How the window is divided and which tab is in front: remembered in the user's configuration.
import type { Transport } from "../transport/transport";
import { Signal } from "./signal";

export type Mode = "design" | "split" | "code";
export type LeftTab = "project" | "add" | "runs";
export type RightTab = "state" | "data" | "errors";
export type FloorTab = "timeline" | "events" | "frames" | "variables" | "console" | "problems" | "code";

export interface LayoutState {
  mode: Mode;
  left: LeftTab;
  right: RightTab;
  floor: FloorTab;
  /** Sizes in CSS pixels. */
  leftSize: number;
  rightSize: number;
  floorSize: number;
  /** Share of the centre that the canvas has in Split. */
  split: number;
  leftFolded: boolean;
  rightFolded: boolean;
  floorFolded: boolean;
}

const KEY = "layout";

export const DEFAULT_LAYOUT: LayoutState = {
  mode: "design",
  left: "project",
  right: "state",
  floor: "timeline",
  leftSize: 232,
  rightSize: 332,
  floorSize: 232,
  split: 0.5,
  leftFolded: false,
  rightFolded: false,
  floorFolded: false,
};

export class Layout {
  readonly state = new Signal<LayoutState>(DEFAULT_LAYOUT);
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly transport: Transport) {}

  async load(): Promise<void> {
    const { value } = await this.transport.call("settings.get", { key: KEY });
    if (value !== null) this.state.set(restored(value));
  }

  change(part: Partial<LayoutState>): void {
    this.state.update((state) => ({ ...state, ...part }));
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store(), 400);
  }

  /** Brings a tab of the floor to the front, unfolding it. */
  showFloor(floor: FloorTab): void {
    this.change({ floor, floorFolded: false });
  }

  showRight(right: RightTab): void {
    this.change({ right, rightFolded: false });
  }

  private store(): void {
    const value = JSON.stringify(this.state.get());
    // A window that can't remember its sizes is no reason to disturb its user.
    this.transport.call("settings.set", { key: KEY, value }).catch(() => {});
  }
}

/** What was stored, as far as it still has the shape of today. */
function restored(text: string): LayoutState {
  try {
    const stored = JSON.parse(text) as Record<string, unknown>;
    const entries = Object.entries(DEFAULT_LAYOUT).map(([key, value]) => [
      key,
      typeof stored[key] === typeof value ? stored[key] : value,
    ]);
    return Object.fromEntries(entries) as LayoutState;
  } catch {
    return DEFAULT_LAYOUT;
  }
}
