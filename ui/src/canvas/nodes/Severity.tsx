// The worst problem of a state, as a small sign on its node.
import { AlertTriangle, CircleAlert } from "lucide-react";
import type { Severity as Level } from "../../transport/contract";
import styles from "./Severity.module.css";

export function Severity({ severity }: { severity: Level | null }) {
  if (severity !== "error" && severity !== "warning") return null;
  const Sign = severity === "error" ? CircleAlert : AlertTriangle;
  return (
    <Sign
      size={14}
      strokeWidth={1.75}
      className={styles[severity]}
      role="img"
      aria-label={severity === "error" ? "Has an error" : "Has a warning"}
    />
  );
}
