// A line over the workflow that says what has to be known, with what can be done about it.
import { AlertTriangle, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { join } from "../design/join";
import styles from "./Banners.module.css";

interface BannerProps {
  tone: "warning" | "info";
  icon?: LucideIcon;
  actions?: ReactNode;
  children: ReactNode;
}

export function Banner({ tone, icon: Icon = AlertTriangle, actions, children }: BannerProps) {
  return (
    <div className={join(styles.banner, styles[tone])} role={tone === "warning" ? "alert" : "status"}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <p>{children}</p>
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}
