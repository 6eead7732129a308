// The whole text of a value: large ones come cut, with a handle to ask for the rest.
import type { Session } from "../session/session";
import type { ValueView } from "../transport/contract";

export async function wholeText(session: Session, value: ValueView): Promise<string> {
  const execution = session.run.execution;
  if (value.handle === null || execution === null) return value.text;
  return (await session.transport.call("run.value", { execution, handle: value.handle })).text;
}
