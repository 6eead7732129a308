// Which rows of a long list are in sight, and which row a moment belongs to.

export interface Range {
  first: number;
  /** Exclusive. */
  last: number;
}

/** The rows to draw: those in sight and a few around them. Sizes in CSS pixels. */
export function visibleRange(
  scrollTop: number,
  height: number,
  rowHeight: number,
  total: number,
  around = 6,
): Range {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - around;
  const last = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight) + around;
  return { first: clamp(first, 0, total), last: clamp(last, 0, total) };
}

/** Where to scroll so that a row is in sight, or null if it is: to a place where a whole row is the first one in sight.
 * `covered`: hidden at the lower edge. */
export function scrollTo(
  row: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
  covered = 0,
): number | null {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const most = top + rowHeight - (height - covered);
  return most > scrollTop ? Math.ceil(most / rowHeight) * rowHeight : null;
}

/** Free space below the last row, so that the list's end, too, has a whole row at the upper edge. */
export function endSpace(total: number, height: number, rowHeight: number, covered = 0): number {
  const room = height - covered;
  if (room <= 0 || total * rowHeight <= room) return 0;
  return (rowHeight - ((total * rowHeight - room) % rowHeight)) % rowHeight;
}

/** How many rows from the start fulfil `before`, which holds for a beginning of the list and then no more. */
export async function countBefore<Row>(
  total: number,
  row: (index: number) => Promise<Row | undefined>,
  before: (row: Row) => boolean,
): Promise<number> {
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = await row(middle);
    if (found !== undefined && before(found)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Every row, however many there are. */
export const ALL: Range = { first: 0, last: Number.POSITIVE_INFINITY };
