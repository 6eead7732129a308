// A value by name in one line; what has members opens into them, level by level.
import { ChevronRight, Pencil } from "lucide-react";
import { useMemo, useState } from "react";
import { IconButton } from "../design/Button";
import { JsonText } from "../design/JsonText";
import { hasMembers, members } from "../design/jsonMembers";
import { oneLine } from "../design/oneLine";
import { useSession } from "../session/hooks";
import type { ValueView } from "../transport/contract";
import styles from "./VariablesTab.module.css";
import { wholeText } from "./wholeText";

/** More members of one value are not listed: a list of a million is no tree to look at. */
const MOST = 500;
const INDENT = 14;

interface ValueTreeProps {
  name: string;
  value: ValueView;
  opened?: boolean;
  onEdit?(): void;
}

export function ValueTree({ name, value, opened = false, onEdit }: ValueTreeProps) {
  const session = useSession();
  const [whole, setWhole] = useState<string | null>(null);
  // A long value comes cut: the rest is fetched when somebody looks into it.
  const open = () => {
    if (value.handle === null || whole !== null) return;
    void session.attempt(async () => setWhole(await wholeText(session, value)));
  };
  return (
    <Node name={name} text={whole ?? value.text} depth={0} opened={opened} onOpen={open} onEdit={onEdit} />
  );
}

interface NodeProps {
  name: string;
  text: string;
  depth: number;
  opened?: boolean;
  onOpen?(): void;
  onEdit?(): void;
}

function Node({ name, text, depth, opened = false, onOpen, onEdit }: NodeProps) {
  const [open, setOpen] = useState(opened);
  const opens = useMemo(() => hasMembers(text), [text]);
  const toggle = () => {
    onOpen?.();
    setOpen(!open);
  };
  return (
    <li>
      <div className={styles.row} style={{ paddingLeft: depth * INDENT }}>
        <button
          type="button"
          className={styles.node}
          aria-expanded={opens ? open : undefined}
          disabled={!opens}
          onClick={toggle}
        >
          <ChevronRight size={13} strokeWidth={2} className={styles.arrow} aria-hidden />
          <span className={styles.name}>{name}</span>
          <JsonText text={oneLine(text)} className={styles.text} />
        </button>
        {onEdit ? <IconButton icon={Pencil} label={`Edit ${name}…`} side="left" onClick={onEdit} /> : null}
      </div>
      {opens && open ? <Members text={text} depth={depth + 1} /> : null}
    </li>
  );
}

function Members({ text, depth }: { text: string; depth: number }) {
  const list = useMemo(() => members(text, MOST), [text]);
  return (
    <ul>
      {list.map((member) => (
        <Node key={member.name} name={member.name} text={member.text} depth={depth} />
      ))}
      {list.length === MOST ? (
        <li className={styles.hint} style={{ paddingLeft: depth * INDENT + 19 }}>
          The first {MOST} are shown.
        </li>
      ) : null}
    </ul>
  );
}
