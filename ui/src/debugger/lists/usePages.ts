// The pages of one run's timeline, events or log, for as long as the run is shown.
import { useEffect, useState } from "react";
import { useSession, useSignal } from "../../session/hooks";
import { type Fetched, Pages } from "./pages";

/** A run in full swing grows 60 times a second; nobody reads that fast. */
const PAUSE = 100;

interface Source<Row> {
  size: number;
  settled: boolean;
  fetch(execution: string, from: number, limit: number): Promise<Fetched<Row>>;
}

/** `source` is read once: the component is made anew (by its key) for another run. */
export function usePages<Row>(execution: string, source: Source<Row>): Pages<Row> {
  const { run } = useSession();
  const [pages] = useState(
    () => new Pages<Row>({ ...source, fetch: (from, limit) => source.fetch(execution, from, limit) }),
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        pages.refresh();
      }, PAUSE);
    };
    pages.refresh();
    const leave = [run.progress.subscribe(soon), run.onLog(soon)];
    return () => {
      for (const off of leave) off();
      if (timer !== null) clearTimeout(timer);
    };
  }, [run, pages]);
  useSignal(pages.revision);
  return pages;
}
