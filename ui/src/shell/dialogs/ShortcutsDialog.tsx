// All keys on one sheet.
import { Dialog } from "../../design/Dialog";
import { Keys } from "../../design/Keys";
import { SHEET } from "../keymap";
import styles from "./dialogs.module.css";

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog wide title="Keyboard shortcuts" onClose={onClose}>
      <div className={styles.sheet}>
        {SHEET.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.rows.map(([keys, what]) => (
                <div key={keys}>
                  <dt>{what}</dt>
                  <dd>{keys.includes("↑") || keys === "+" ? <kbd>{keys}</kbd> : <Keys keys={keys} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
