// A field for JSON text, checked while it is typed by whoever is asked.
import { useEffect, useRef, useState } from "react";
import { bytes } from "./amounts";
import { Field, TextArea } from "./Field";

export interface JsonCheck {
  /** Where and what. */
  problem: string | null;
  bytes: number;
}

interface JsonFieldProps {
  label: string;
  value: string;
  rows?: number;
  onChange(value: string): void;
  /** Asked a moment after each change; answers may overtake each other. */
  check(text: string): Promise<JsonCheck>;
  /** Hears of each answer for the text as it stands; null while it is not known. */
  onChecked?(check: JsonCheck | null): void;
}

export function JsonField({ label, value, rows = 10, onChange, check, onChecked }: JsonFieldProps) {
  const checked = useCheck(value, check, onChecked);
  const problem = checked?.problem ?? null;
  return (
    <Field label={label} note={checked && !problem ? bytes(checked.bytes) : null} problem={problem}>
      {({ id, describedBy }) => (
        <TextArea
          id={id}
          aria-describedby={describedBy}
          code
          rows={rows}
          wrong={problem ? "error" : false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function useCheck(
  text: string,
  check: (text: string) => Promise<JsonCheck>,
  onChecked?: (check: JsonCheck | null) => void,
): JsonCheck | null {
  const [checked, setChecked] = useState<JsonCheck | null>(null);
  const latest = useRef({ check, onChecked });
  latest.current = { check, onChecked };
  useEffect(() => {
    let stale = false;
    latest.current.onChecked?.(null);
    const timer = setTimeout(async () => {
      const answer = await latest.current.check(text).catch(() => null);
      if (stale || !answer) return;
      setChecked(answer);
      latest.current.onChecked?.(answer);
    }, 120);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text]);
  return checked;
}
