// Menus: one that opens from a button, one that opens where the pointer or the menu key asks for it.
import { Check, ChevronRight, type LucideIcon } from "lucide-react";
import { ContextMenu as Context, DropdownMenu as Dropdown } from "radix-ui";
import type { ReactNode } from "react";
import { join } from "./join";
import { Keys } from "./Keys";
import styles from "./Menu.module.css";

export type MenuItem =
  | {
      title: string;
      icon?: LucideIcon;
      note?: string;
      keys?: string;
      /** Given: it is set or not, and choosing it turns that over. */
      checked?: boolean;
      disabled?: boolean;
      danger?: boolean;
      onSelect(): void;
    }
  | { title: string; icon?: LucideIcon; items: MenuItem[] }
  | { heading: string }
  | "line";

interface MenuProps {
  items: MenuItem[];
  align?: "start" | "end";
  onOpen?(open: boolean): void;
  /** The button that opens it. */
  children: ReactNode;
}

export function Menu({ items, align = "start", onOpen, children }: MenuProps) {
  return (
    <Dropdown.Root onOpenChange={onOpen}>
      <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          <Items items={items} parts={Dropdown} />
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

interface ContextMenuProps {
  /** Empty: nothing opens. */
  items: MenuItem[];
  /** What it is about, for screen readers. */
  label: string;
  /** Where it opens. */
  children: ReactNode;
}

export function ContextMenu({ items, label, children }: ContextMenuProps) {
  return (
    <Context.Root>
      <Context.Trigger asChild>{children}</Context.Trigger>
      {items.length > 0 ? (
        <Context.Portal>
          <Context.Content className={styles.menu} aria-label={label} collisionPadding={8}>
            <Items items={items} parts={Context} />
          </Context.Content>
        </Context.Portal>
      ) : null}
    </Context.Root>
  );
}

/** Both kinds of menu have the same parts. */
type Parts = Pick<
  typeof Dropdown,
  "CheckboxItem" | "Item" | "Label" | "Portal" | "Separator" | "Sub" | "SubContent" | "SubTrigger"
>;

function Items({ items, parts }: { items: MenuItem[]; parts: Parts }) {
  return items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a menu is drawn anew each time it opens
    <Item key={index} item={item} parts={parts} />
  ));
}

function Item({ item, parts }: { item: MenuItem; parts: Parts }) {
  if (item === "line") return <parts.Separator className={styles.line} />;
  if ("heading" in item) return <parts.Label className={styles.heading}>{item.heading}</parts.Label>;
  const Icon = item.icon;
  const icon = Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden /> : null;
  if ("items" in item) {
    return (
      <parts.Sub>
        <parts.SubTrigger className={styles.item} disabled={item.items.length === 0}>
          {icon}
          <span className={styles.title}>{item.title}</span>
          <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
        </parts.SubTrigger>
        <parts.Portal>
          <parts.SubContent className={styles.menu} collisionPadding={8} sideOffset={2}>
            <Items items={item.items} parts={parts} />
          </parts.SubContent>
        </parts.Portal>
      </parts.Sub>
    );
  }
  if (item.checked !== undefined) {
    return (
      <parts.CheckboxItem className={styles.item} checked={item.checked} onSelect={item.onSelect}>
        <Check size={16} strokeWidth={1.75} className={join(!item.checked && styles.unchecked)} aria-hidden />
        <span className={styles.title}>{item.title}</span>
      </parts.CheckboxItem>
    );
  }
  return (
    <parts.Item
      className={join(styles.item, item.danger && styles.danger)}
      disabled={item.disabled}
      onSelect={item.onSelect}
    >
      {icon}
      <span className={styles.title}>{item.title}</span>
      {item.note ? <span className={styles.note}>{item.note}</span> : null}
      {item.keys ? <Keys keys={item.keys} /> : null}
    </parts.Item>
  );
}
