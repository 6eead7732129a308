// A question or a form in front of everything else. Escape and the cross take it away.
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { FormEvent, ReactNode } from "react";
import { IconButton } from "./Button";
import styles from "./Dialog.module.css";
import { join } from "./join";

interface DialogProps {
  title: string;
  /** Below the title. */
  lead?: ReactNode;
  children?: ReactNode;
  /** The buttons, the one that acts last. */
  actions?: ReactNode;
  wide?: boolean;
  onClose(): void;
  /** What Enter does. */
  onSubmit?(): void;
}

export function Dialog({ title, lead, children, actions, wide, onClose, onSubmit }: DialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={join(styles.dialog, wide && styles.wide)}
          onOpenAutoFocus={focusFirst}
          onInteractOutside={keepForFloating}
          {...(lead ? {} : { "aria-describedby": undefined })}
        >
          <header className={styles.header}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <IconButton icon={X} label="Close" onClick={onClose} />
          </header>
          {lead ? <Radix.Description className={styles.lead}>{lead}</Radix.Description> : null}
          <form className={styles.form} onSubmit={submit}>
            <div className={styles.body}>{children}</div>
            {actions ? <footer className={styles.actions}>{actions}</footer> : null}
          </form>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What floats over everything, such as a short message, can be put away without putting away the dialog. */
function keepForFloating(event: Event & { target: EventTarget | null }): void {
  if (event.target instanceof Element && event.target.closest("[data-floating]")) event.preventDefault();
}

/** What asks for it (`data-first`), else the first field, else the button that acts: not the cross. */
function focusFirst(event: Event): void {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  const wished = dialog.querySelector<HTMLElement>("[data-first]");
  const first = wished ?? dialog.querySelector<HTMLElement>("form textarea, form input");
  const target = first ?? [...dialog.querySelectorAll<HTMLElement>("footer button")].at(-1) ?? dialog;
  event.preventDefault();
  target.focus();
}
