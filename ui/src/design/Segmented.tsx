// A choice of a few that exclude each other, all in sight.
import { ToggleGroup } from "radix-ui";
import styles from "./Segmented.module.css";

interface SegmentedProps<Id extends string> {
  label: string;
  options: { id: Id; title: string }[];
  current: Id;
  onChange(id: Id): void;
}

export function Segmented<Id extends string>({ label, options, current, onChange }: SegmentedProps<Id>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      className={styles.group}
      value={current}
      onValueChange={(id) => id && onChange(id as Id)}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.id} value={option.id} className={styles.option}>
          {option.title}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
