// A new state on its way from the list to the canvas: the list moves it, the canvas says where it would land.
import type { Place } from "../transport/contract";
import { Signal } from "./signal";

export interface Dragged {
  /** What the card under the pointer says. */
  title: string;
  icon: string;
  /** In the window, CSS pixels. */
  x: number;
  y: number;
}

export class Drag {
  readonly current = new Signal<Dragged | null>(null);
  /** Where it would land if it were let go now. */
  readonly target = new Signal<Place | null>(null);

  move(dragged: Dragged): void {
    this.current.set(dragged);
  }

  /** Ends the drag, and answers with the place, if there is one. */
  end(): Place | null {
    const place = this.target.get();
    this.current.set(null);
    this.target.set(null);
    return place;
  }
}
