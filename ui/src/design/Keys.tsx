// A shortcut, one box for each key: `Ctrl+Shift+Z`.
import styles from "./Keys.module.css";

const MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
const SIGNS: Record<string, string> = MAC
  ? { Ctrl: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↩", Delete: "⌫" }
  : { Enter: "↵", Delete: "Del" };

export function Keys({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split("+").map((key) => (
        <kbd key={key}>{SIGNS[key] ?? key}</kbd>
      ))}
    </span>
  );
}
