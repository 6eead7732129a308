// Edits of data where a frame stands; an edit in the past makes a fork, and the user hears of it.
import { useSession } from "../session/hooks";
import type { DataEdit } from "../transport/contract";

export function useEdit(frame: number): (edit: DataEdit) => Promise<boolean> {
  const { run, notices } = useSession();
  return async (edit) => {
    const answer = await run.edit(frame, edit);
    if (answer?.forked) notices.add("info", "Your edit made a fork. The run it came from stays as it was.");
    return answer !== null;
  };
}
