// From the core's corner points to what is drawn: rounded corners, an arrow head, a place for the plus button.

export interface Point {
  x: number;
  y: number;
}

export const CORNER = 8;
/** Length and half width of an arrow head. */
export const HEAD = { length: 9, half: 5 };

/** `[x, y, x, y, …]` without repeated points, and without points in the middle of a straight line. */
export function corners(flat: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const point = { x: flat[i] ?? 0, y: flat[i + 1] ?? 0 };
    const last = points.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = points.at(-2);
    if (last && before && isBetween(before, last, point)) points.pop();
    points.push(point);
  }
  return points;
}

/** The line as an SVG path; it stops `cut` before the end, where the arrow head begins. */
export function roundedPath(points: readonly Point[], radius = CORNER, cut = HEAD.length): string {
  const [first] = points;
  if (!first) return "";
  const path = [`M${text(first)}`];
  for (let i = 1; i < points.length; i++) {
    const [before, here, after] = [points[i - 1], points[i], points[i + 1]];
    if (!before || !here) break;
    if (!after) {
      path.push(`L${text(towards(here, before, Math.min(cut, distance(before, here))))}`);
      break;
    }
    const r = Math.min(radius, distance(before, here) / 2, distance(here, after) / 2);
    path.push(`L${text(towards(here, before, r))}`, `Q${text(here)} ${text(towards(here, after, r))}`);
  }
  return path.join(" ");
}

/** The triangle at the last point, along the last piece. */
export function arrowHead(points: readonly Point[]): string {
  const [before, tip] = [points.at(-2), points.at(-1)];
  if (!before || !tip) return "";
  const base = towards(tip, before, HEAD.length);
  const away = distance(tip, before) || 1;
  const side = { x: ((tip.y - before.y) / away) * HEAD.half, y: (-(tip.x - before.x) / away) * HEAD.half };
  const left = { x: base.x + side.x, y: base.y + side.y };
  const right = { x: base.x - side.x, y: base.y - side.y };
  return `M${text(tip)} L${text(left)} L${text(right)} Z`;
}

export interface Rect extends Point {
  width: number;
  height: number;
}

const PLUS = 24;

/** Where a plus button has room: the middle of the longest piece that the label leaves free, else above the label. */
export function plusPoint(points: readonly Point[], label: Rect | null): Point {
  let best: { at: Point; length: number } | null = null;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (!a || !b) continue;
    const length = distance(a, b);
    const tail = i === points.length - 1 ? HEAD.length : 0;
    const at = towards(b, a, (length + tail) / 2);
    if (label && overlaps(at, label)) continue;
    if (length >= PLUS && (!best || length > best.length)) best = { at, length };
  }
  if (best) return best.at;
  if (label) return { x: label.x, y: label.y - label.height / 2 - PLUS / 2 };
  const [a, b] = [points[0] ?? { x: 0, y: 0 }, points.at(-1) ?? { x: 0, y: 0 }];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** A label's `x` and `y` are its centre. */
function overlaps(at: Point, label: Rect): boolean {
  return (
    Math.abs(at.x - label.x) < (label.width + PLUS) / 2 &&
    Math.abs(at.y - label.y) < (label.height + PLUS) / 2
  );
}

function isBetween(a: Point, middle: Point, b: Point): boolean {
  const cross = (middle.x - a.x) * (b.y - a.y) - (middle.y - a.y) * (b.x - a.x);
  const dot = (middle.x - a.x) * (b.x - middle.x) + (middle.y - a.y) * (b.y - middle.y);
  return Math.abs(cross) < 1e-6 && dot >= 0;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** The point that lies `by` from `from` on the way to `to`. */
function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

function text(point: Point): string {
  return `${round(point.x)},${round(point.y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
