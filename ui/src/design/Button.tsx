// Buttons: a verb, with or without an icon. `primary` at most once in sight.
import type { LucideIcon } from "lucide-react";
import { type ButtonHTMLAttributes, forwardRef } from "react";
import styles from "./Button.module.css";
import { join } from "./join";
import { Tooltip } from "./Tooltip";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: LucideIcon;
  kind?: "primary" | "plain" | "quiet" | "danger" | "link";
  size?: "normal" | "small";
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { icon: Icon, kind = "plain", size = "normal", className, children, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type="button"
      className={join(styles.button, styles[kind], size === "small" && styles.small, className)}
      {...rest}
    >
      {Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden /> : null}
      {children}
    </button>
  );
});

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  /** The accessible name, and the tooltip. */
  label: string;
  /** Shown behind the name in the tooltip, such as `F10`. */
  keys?: string;
  tone?: "plain" | "go" | "stop";
  side?: "top" | "bottom" | "left" | "right";
  active?: boolean;
}

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon: Icon, label, keys, tone = "plain", side = "bottom", active, className, ...rest },
  ref,
) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <button
        ref={ref}
        type="button"
        aria-label={label}
        aria-pressed={active}
        className={join(styles.icon, styles[`tone-${tone}`], active && styles.active, className)}
        {...rest}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
});
