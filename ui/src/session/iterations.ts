// Iterations of a Map: which there are, and looking into one of them in the whole window.
import type { DiagramView, Iteration, Iterations } from "../transport/contract";
import type { OpenDocument } from "./document";
import type { Session } from "./session";

/** More than this are not listed. */
export const MOST_ITERATIONS = 200;

/** Those of a Map's last visit; in `frame`, if one is named. */
export function iterationsOf(session: Session, state: string, frame: number | null): Promise<Iterations> {
  const execution = session.run.execution ?? "";
  const range = { from: 0, limit: MOST_ITERATIONS };
  return session.transport.call("run.iterations", { execution, state, frame, ...range });
}

/** Shows one iteration on the canvas, and its data; null = all of them. */
export function lookInto(
  session: Session,
  document: OpenDocument,
  state: string,
  iteration: Pick<Iteration, "frame" | "index"> | null,
): void {
  session.run.visit.set(null);
  if (iteration === null) session.run.lookInto(null);
  else session.run.lookInto({ ...iteration, state }, within(document.diagram.get(), state));
}

/** The states in a room, and in the rooms in it; a room comes before what lies in it. */
function within(diagram: DiagramView, room: string): Set<string> {
  const keys = new Set<string>();
  for (const { key, parent } of diagram.nodes) {
    if (parent !== null && (parent === room || keys.has(parent))) keys.add(key);
  }
  return keys;
}
