// One of a list, in a menu of the window's own look.
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { join } from "./join";
import styles from "./Select.module.css";

export interface SelectOption {
  value: string;
  title: ReactNode;
  /** The heading under which it stands; options of one group follow each other. */
  group?: string;
}

interface SelectProps {
  id?: string;
  label?: string;
  value: string;
  options: SelectOption[];
  placeholder?: string;
  disabled?: boolean;
  /** Without a frame, as a word in a sentence. */
  quiet?: boolean;
  onChange(value: string): void;
  className?: string;
}

/** Lists of more options are made only while they are open: every state of a long workflow may be one. */
const FEW = 50;

export function Select(props: SelectProps) {
  const { id, label, value, options, placeholder, disabled, quiet, onChange, className } = props;
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root value={value} onValueChange={onChange} disabled={disabled} open={open} onOpenChange={setOpen}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={join(styles.trigger, quiet && styles.quiet, className)}
      >
        <span className={styles.value}>
          <Radix.Value placeholder={placeholder}>{chosen?.title}</Radix.Value>
        </span>
        <Radix.Icon asChild>
          <ChevronDown size={14} strokeWidth={1.75} />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.list} position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>
            {groups(open || options.length <= FEW ? options : []).map(({ name, members }) => (
              <Radix.Group key={name}>
                {name ? <Radix.Label className={styles.heading}>{name}</Radix.Label> : null}
                {members.map((option) => (
                  <Radix.Item key={option.value} value={option.value} className={styles.option}>
                    <Radix.ItemText>{option.title}</Radix.ItemText>
                    <Radix.ItemIndicator>
                      <Check size={14} strokeWidth={2} />
                    </Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Group>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function groups(options: SelectOption[]): { name: string; members: SelectOption[] }[] {
  const all: { name: string; members: SelectOption[] }[] = [];
  for (const option of options) {
    const last = all.at(-1);
    if (last && last.name === (option.group ?? "")) last.members.push(option);
    else all.push({ name: option.group ?? "", members: [option] });
  }
  return all;
}
