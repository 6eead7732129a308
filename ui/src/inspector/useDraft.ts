// What is typed in a field: it stays until it is committed, whatever else changes the document meanwhile.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/** Resolves with whether it was taken. */
export type Commit = (text: string) => Promise<boolean> | boolean;

export interface Draft {
  text: string;
  onChange(event: { target: { value: string } }): void;
  onBlur(): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** `value` is what the document says, `version` the document's version that said it. */
export function useDraft(value: string, version: number, commit: Commit): Draft {
  const [typed, setTyped] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const now = useRef({ typed, sent, value, commit });
  now.current = { typed, sent, value, commit };

  // What was sent is shown until the document has it.
  useEffect(() => {
    if (sent === null || version === sent) return;
    setTyped(null);
    setSent(null);
  }, [version, sent]);

  const revert = () => {
    now.current.typed = null;
    setTyped(null);
  };
  const send = async () => {
    const text = now.current.typed;
    if (text === null || now.current.sent !== null) return;
    if (text === now.current.value) return revert();
    setSent(version);
    now.current.sent = version;
    // Refused: it stays as typed, to be mended.
    if (!(await commit(text))) setSent(null);
  };

  useEffect(
    () => () => {
      const left = now.current;
      if (left.typed !== null && left.sent === null && left.typed !== left.value)
        void left.commit(left.typed);
    },
    [],
  );

  return {
    text: typed ?? value,
    onChange: (event) => {
      now.current.typed = event.target.value;
      now.current.sent = null;
      setTyped(event.target.value);
      setSent(null);
    },
    onBlur: () => void send(),
    onKeyDown: (event) => {
      if (event.key === "Escape" && now.current.typed !== null) {
        event.stopPropagation();
        revert();
      }
      if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        void send();
      }
    },
  };
}
