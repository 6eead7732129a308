// How the window is divided and which tab is in front: remembered in the user's configuration.
import type { Transport } from "../transport/transport";
import { Signal } from "./signal";

export type Mode = "design" | "split" | "code";
export type LeftTab = "project" | "add" | "runs";
export type RightTab = "state" | "data" | "errors";
export type FloorTab = "timeline" | "events" | "frames" | "variables" | "console" | "problems";

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
  /** The right room was folded by Split, not by the user: it comes back when Split is left. */
  rightGaveWay: boolean;
  /** While a run is shown. */
  floorFolded: boolean;
  /** While none is: the floor has little to show then, and the drawing has more room. */
  idleFloorFolded: boolean;
}

const KEY = "layout";

/** In Split, drawing and text together need this much of the window's width, or the right room gives way. */
const SPLIT_NEEDS = 960;

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
  rightGaveWay: false,
  floorFolded: false,
  idleFloorFolded: true,
};

/** What the layout depends on and does not decide. */
export interface Around {
  /** Whether a run is shown. */
  hasRun(): boolean;
  /** Of the window, in CSS pixels. */
  width(): number;
}

export class Layout {
  readonly state = new Signal<LayoutState>(DEFAULT_LAYOUT);
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly transport: Transport,
    private readonly around: Around,
  ) {}

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
    this.change({ floor });
    this.foldFloor(false);
  }

  /** With a run and without are two habits: the one in force changes. */
  foldFloor(folded: boolean): void {
    this.change(this.around.hasRun() ? { floorFolded: folded } : { idleFloorFolded: folded });
  }

  showRight(right: RightTab): void {
    this.change({ right });
    this.foldRight(false);
  }

  foldRight(rightFolded: boolean): void {
    this.change({ rightFolded, rightGaveWay: false });
  }

  /** Split needs room for two: where the window is too narrow, the right room gives way until Split is left. */
  setMode(mode: Mode): void {
    const { leftFolded, leftSize, rightFolded, rightSize, rightGaveWay } = this.state.get();
    const left = this.around.width() - (leftFolded ? 0 : leftSize) - rightSize;
    if (mode === "split" && !rightFolded && left < SPLIT_NEEDS) {
      this.change({ mode, rightFolded: true, rightGaveWay: true });
    } else if (mode !== "split" && rightGaveWay) {
      this.change({ mode, rightFolded: false, rightGaveWay: false });
    } else this.change({ mode });
  }

  /** Brings the code into sight, beside the drawing. */
  showCode(): void {
    if (this.state.get().mode === "design") this.setMode("split");
  }

  private store(): void {
    const value = JSON.stringify(this.state.get());
    // A window that can't remember its sizes is no reason to disturb its user.
    this.transport.call("settings.set", { key: KEY, value }).catch(() => {});
  }
}

/** Whether the floor is folded just now. */
export function isFloorFolded(state: LayoutState, hasRun: boolean): boolean {
  return hasRun ? state.floorFolded : state.idleFloorFolded;
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
