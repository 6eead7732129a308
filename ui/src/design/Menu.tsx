// A menu that opens from a button.
import type { LucideIcon } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Keys } from "./Keys";
import styles from "./Menu.module.css";

export type MenuItem =
  | { title: string; icon?: LucideIcon; note?: string; keys?: string; disabled?: boolean; onSelect(): void }
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
    <Radix.Root onOpenChange={onOpen}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a menu is drawn anew each time it opens
            <Item key={index} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  if (item === "line") return <Radix.Separator className={styles.line} />;
  if ("heading" in item) return <Radix.Label className={styles.heading}>{item.heading}</Radix.Label>;
  const Icon = item.icon;
  return (
    <Radix.Item className={styles.item} disabled={item.disabled} onSelect={item.onSelect}>
      {Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden /> : null}
      <span className={styles.title}>{item.title}</span>
      {item.note ? <span className={styles.note}>{item.note}</span> : null}
      {item.keys ? <Keys keys={item.keys} /> : null}
    </Radix.Item>
  );
}
