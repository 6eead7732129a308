// Before the core has answered for the first time.
import { LoaderCircle, WifiOff } from "lucide-react";
import { Empty } from "../../design/Empty";
import styles from "./welcome.module.css";

export function Connecting({ lost }: { lost: boolean }) {
  if (lost) {
    return (
      <main className={styles.page}>
        <Empty icon={WifiOff} title="Stepwell does not answer">
          Trying again. If it has ended, start it with <code>stepwell studio</code> and open the address that
          it prints.
        </Empty>
      </main>
    );
  }
  return (
    <main className={styles.page} role="status" aria-label="Starting">
      <LoaderCircle size={22} strokeWidth={1.5} className={styles.spinner} aria-hidden />
    </main>
  );
}
