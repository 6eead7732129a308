// The corner of a node: a click there sets a breakpoint or takes it away. Its shape says when the run stops: a dot before
// the state is entered, a square before it is left, a diamond when it fails.
import { join } from "../../design/join";
import { foremost, inWords } from "../../session/breakpoints";
import { useSession } from "../../session/hooks";
import type { Breakpoint } from "../../transport/contract";
import styles from "./BreakpointCorner.module.css";

interface Props {
  stateKey: string;
  name: string;
  breakpoints: readonly Breakpoint[];
}

export function BreakpointCorner({ stateKey, name, breakpoints }: Props) {
  const session = useSession();
  const first = foremost(breakpoints);
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Breakpoint on ${name}`}
      aria-pressed={first !== undefined}
      title={first ? `Stops ${inWords(breakpoints)}; click to remove (F9)` : "Set breakpoint (F9)"}
      className={join(
        styles.corner,
        first && styles.set,
        first && styles[first.on],
        first?.enabled === false && styles.off,
      )}
      onClick={(event) => {
        event.stopPropagation();
        void session.breakpoints.toggle(stateKey);
      }}
    />
  );
}
