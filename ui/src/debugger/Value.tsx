// A value to read: coloured, cut where it is large, to be copied whole.
import { Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import { bytes } from "../design/amounts";
import { Button, IconButton } from "../design/Button";
import { JsonText } from "../design/JsonText";
import { join } from "../design/join";
import { useSession } from "../session/hooks";
import type { ValueView } from "../transport/contract";
import styles from "./DataTab.module.css";
import { wholeText } from "./wholeText";

/** More than this is not coloured at once: it would hold up the window. */
const SHOWN = 20_000;

export function Value({ value, label, tools }: { value: ValueView; label: string; tools?: ReactNode }) {
  const session = useSession();
  const [all, setAll] = useState<string | null>(null);
  const text = all ?? value.text.slice(0, SHOWN);
  const cut = all === null && (value.handle !== null || value.text.length > SHOWN);
  const whole = () => wholeText(session, value);
  const copy = () =>
    session.attempt(async () => {
      await navigator.clipboard.writeText(await whole());
      session.notices.add("info", `${label} copied.`);
    });
  return (
    <div className={styles.well}>
      <JsonText text={text} className={styles.json} />
      <div className={join(styles.tools, Boolean(tools) && styles.always)}>
        {tools}
        <IconButton icon={Copy} label={`Copy ${label}`} side="top" onClick={() => void copy()} />
      </div>
      {cut ? (
        <Button kind="link" onClick={() => void session.attempt(async () => setAll(await whole()))}>
          Show all {bytes(value.bytes)}
        </Button>
      ) : null}
    </div>
  );
}
