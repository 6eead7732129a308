// Whether one state is selected: wakes the two nodes concerned, not all of them.
import { useCallback, useSyncExternalStore } from "react";
import { useSession } from "../session/hooks";

export function useSelected(key: string): boolean {
  const { selection } = useSession();
  const get = useCallback(() => selection.state === key, [selection, key]);
  return useSyncExternalStore(selection.current.subscribe, get);
}
