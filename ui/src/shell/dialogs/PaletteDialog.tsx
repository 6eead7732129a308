// Finds a state or a command by its name; the arrow keys choose, Enter does it.
import { Search, SquareChevronRight } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { VirtualList } from "../../debugger/lists/VirtualList";
import { Icon } from "../../design/icons";
import { Keys } from "../../design/Keys";
import { useSession } from "../../session/hooks";
import styles from "./Palette.module.css";
import { commandItems, found, type PaletteItem, stateItems } from "./paletteItems";

const ROW = 32;
const MOST_ROWS = 11;

interface PaletteProps {
  /** Only states. */
  states: boolean;
  onClose(): void;
}

export function PaletteDialog({ states, onClose }: PaletteProps) {
  const session = useSession();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const all = useMemo(
    () => (states ? stateItems(session) : [...commandItems(session), ...stateItems(session)]),
    [session, states],
  );
  const items = useMemo(() => found(all, words), [all, words]);
  const act = (item: PaletteItem | undefined) => {
    if (!item) return;
    // Some open a dialog of their own.
    onClose();
    item.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: MOST_ROWS, PageUp: -MOST_ROWS }[event.key];
    if (by !== undefined) setChosen(Math.max(0, Math.min(items.length - 1, chosen + by)));
    else if (event.key === "Enter") act(items[chosen]);
    else return;
    event.preventDefault();
  };
  const label = states ? "Find a state" : "Find a command or a state";
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content className={styles.palette} aria-describedby={undefined}>
          <Radix.Title className={styles.title}>{label}</Radix.Title>
          <label className={styles.field}>
            <Search size={16} strokeWidth={1.75} aria-hidden />
            <input
              role="combobox"
              aria-expanded
              aria-controls={id}
              aria-label={label}
              placeholder={`${label}…`}
              spellCheck={false}
              value={words}
              onChange={(event) => {
                setWords(event.target.value);
                setChosen(0);
              }}
              onKeyDown={onKeyDown}
            />
          </label>
          <div id={id} className={styles.list} style={{ height: Math.min(MOST_ROWS, items.length) * ROW }}>
            <VirtualList
              label={label}
              total={items.length}
              rowHeight={ROW}
              current={chosen}
              onChoose={(index) => act(items[index])}
              row={(index) => (items[index] ? <Row item={items[index]} /> : null)}
            />
          </div>
          {items.length === 0 ? <p className={styles.none}>Nothing has that name.</p> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Row({ item }: { item: PaletteItem }) {
  return (
    <div className={styles.row}>
      {item.icon ? (
        <Icon name={item.icon} />
      ) : (
        <SquareChevronRight size={16} strokeWidth={1.75} aria-hidden />
      )}
      <span className={styles.name}>{item.title}</span>
      <span className={styles.note}>{item.note}</span>
      {item.keys ? <Keys keys={item.keys} /> : null}
    </div>
  );
}
