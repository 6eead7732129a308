// A row of tabs and the pane of the one in front.
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./Tabs.module.css";

export interface Tab<Id extends string> {
  id: Id;
  title: string;
  /** Shown behind the title, such as the number of problems. */
  count?: number;
  pane: ReactNode;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: Tab<Id>[];
  current: Id;
  onChange(id: Id): void;
  /** At the right end of the row. */
  tools?: ReactNode;
}

export function Tabs<Id extends string>({ label, tabs, current, onChange, tools }: TabsProps<Id>) {
  return (
    <Radix.Root className={styles.root} value={current} onValueChange={(id) => onChange(id as Id)}>
      <div className={styles.row}>
        <Radix.List className={styles.list} aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.id}
              value={tab.id}
              className={styles.tab}
              // Radix says nothing of a click on the tab in front: its pane may be folded away.
              onClick={() => tab.id === current && onChange(tab.id)}
            >
              {tab.title}
              {tab.count ? <span className={styles.count}>{tab.count}</span> : null}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {tools ? <div className={styles.tools}>{tools}</div> : null}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className={styles.pane} tabIndex={-1}>
          {tab.pane}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
