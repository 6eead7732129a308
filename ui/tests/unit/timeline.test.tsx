// A row of the timeline: what comes of a visit is not told where the debugger stands in it.
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { TimelineRow } from "../../src/debugger/timeline/TimelineRow";
import { SessionContext } from "../../src/session/hooks";
import { Session } from "../../src/session/session";
import type { TimelineRow as Row } from "../../src/transport/contract";
import { exampleCore } from "../fixtures/core";
import { TIMELINE } from "../fixtures/run";

afterEach(cleanup);

function words(more: Partial<Row>, here: string | null): string {
  const [row] = TIMELINE;
  if (!row) throw new Error("no row");
  const session = new Session(exampleCore());
  session.run.clock.set(10_000, false);
  const { container } = render(
    <SessionContext.Provider value={session}>
      <TimelineRow row={{ ...row, ...more }} length={1_000} moment={500} here={here} />
    </SessionContext.Provider>,
  );
  return container.textContent ?? "";
}

it.each<[string, Partial<Row>, string | null, string[], string[]]>([
  ["a visit that is over", { duration: 544, text: "rule 1" }, null, ["rule 1", "544 ms"], []],
  [
    "the one where the debugger stands",
    { duration: 544, text: "rule 1" },
    "before entering",
    ["before entering", "paused"],
    ["rule 1", "544 ms"],
  ],
  ["a wait", { duration: null, status: "waiting", text: "waiting", until: 11_500 }, null, ["1.5 s left"], []],
])("%s", (_, row, here, said, unsaid) => {
  const text = words(row, here);
  for (const part of said) expect(text).toContain(part);
  for (const part of unsaid) expect(text).not.toContain(part);
});
