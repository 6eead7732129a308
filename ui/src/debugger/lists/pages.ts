// A long list that the core holds: only the pages that someone looks at are fetched, and fetched again when it grows.
import { Signal } from "../../session/signal";
import type { Range } from "./range";

export interface Fetched<Row> {
  total: number;
  rows: readonly Row[];
}

interface Page<Row> {
  rows: readonly Row[];
  /** The epoch in which it was asked for. */
  epoch: number;
}

export interface PagesOptions<Row> {
  size: number;
  /** Rows never change once they are there: a full page is fetched once. */
  settled: boolean;
  fetch(from: number, limit: number): Promise<Fetched<Row>>;
}

export class Pages<Row> {
  readonly total = new Signal(0);
  /** Grows with each answer. */
  readonly revision = new Signal(0);
  private readonly pages = new Map<number, Page<Row>>();
  private readonly fetching = new Map<number, Promise<void>>();
  private wanted: Range = { first: 0, last: 1 };
  /** Grows with each sign that there may be more. */
  private epoch = 0;

  constructor(private readonly options: PagesOptions<Row>) {}

  /** The row, if its page is here. */
  get(index: number): Row | undefined {
    const { size } = this.options;
    return this.pages.get(Math.floor(index / size))?.rows[index % size];
  }

  /** The row, fetched if need be. */
  async row(index: number): Promise<Row | undefined> {
    const page = Math.floor(index / this.options.size);
    if (!this.pages.has(page)) await this.load(page);
    return this.get(index);
  }

  /** Says what is in sight. */
  want(range: Range): void {
    this.wanted = range;
    this.loadWanted();
  }

  /** There may be more, and what is here may have changed: fetches what is in sight again. */
  refresh(): void {
    this.epoch += 1;
    this.loadWanted();
  }

  /** All rows that are here without a gap from the start. */
  loaded(): Row[] {
    const rows: Row[] = [];
    for (let page = 0; ; page += 1) {
      const here = this.pages.get(page);
      if (!here) return rows;
      for (const row of here.rows) rows.push(row);
      if (here.rows.length < this.options.size) return rows;
    }
  }

  private loadWanted(): void {
    const { size } = this.options;
    const first = Math.floor(this.wanted.first / size);
    // The first page is asked for even of an empty list: its answer says how long the list is.
    const end = Math.max(1, Math.ceil(Math.min(this.wanted.last, Math.max(1, this.total.get())) / size));
    for (let page = Math.min(first, end - 1); page < end; page += 1) {
      if (this.isStale(page)) void this.load(page);
    }
  }

  private isStale(page: number): boolean {
    const here = this.pages.get(page);
    if (!here) return true;
    const { size, settled } = this.options;
    return here.epoch < this.epoch && !(settled && here.rows.length === size);
  }

  private load(page: number): Promise<void> {
    const under = this.fetching.get(page);
    if (under) return under;
    const asked = this.fetch(page);
    this.fetching.set(page, asked);
    return asked;
  }

  private async fetch(page: number): Promise<void> {
    const { size, fetch } = this.options;
    const epoch = this.epoch;
    try {
      const { total, rows } = await fetch(page * size, size);
      this.pages.set(page, { rows, epoch });
      this.total.set(total);
    } catch {
      // The page stays as it was; the next sign of progress asks again.
      this.fetching.delete(page);
      return;
    }
    this.fetching.delete(page);
    this.revision.update((revision) => revision + 1);
    // There may be more by now, and the first answer says how long the list is.
    this.loadWanted();
  }
}
