// Yes or no, with its words beside it.
import { Switch as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import styles from "./Switch.module.css";

interface SwitchProps {
  checked: boolean;
  onChange(checked: boolean): void;
  children: ReactNode;
}

export function Switch({ checked, onChange, children }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <Radix.Root id={id} className={styles.track} checked={checked} onCheckedChange={onChange}>
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
      <label htmlFor={id}>{children}</label>
    </div>
  );
}
