// The corner of a node: a click there sets a breakpoint or takes it away.
import { join } from "../../design/join";
import { useSession } from "../../session/hooks";
import type { Breakpoint } from "../../transport/contract";
import styles from "./BreakpointCorner.module.css";

interface Props {
  stateKey: string;
  name: string;
  breakpoint: Breakpoint | undefined;
}

export function BreakpointCorner({ stateKey, name, breakpoint }: Props) {
  const { breakpoints } = useSession();
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Breakpoint on ${name}`}
      aria-pressed={breakpoint !== undefined}
      title={breakpoint ? "Remove breakpoint (F9)" : "Set breakpoint (F9)"}
      className={join(styles.corner, breakpoint && styles.set, breakpoint?.enabled === false && styles.off)}
      onClick={(event) => {
        event.stopPropagation();
        void breakpoints.toggle(stateKey, breakpoint?.on);
      }}
    />
  );
}
