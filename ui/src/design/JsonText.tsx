// Text to read: JSON coloured token by token, other text as it is.
import { memo } from "react";
import styles from "./JsonText.module.css";
import { join } from "./join";

const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

interface JsonTextProps {
  text: string;
  /** It is no JSON: nothing in it has a colour. */
  plain?: boolean;
  className?: string;
}

export const JsonText = memo(function JsonText({ text, plain, className }: JsonTextProps) {
  return <pre className={join(styles.text, className)}>{plain ? text : pieces(text)}</pre>;
});

function pieces(text: string) {
  const out: React.ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, string, colon, number] = match;
    const kind = string ? (colon ? styles.key : styles.string) : number ? styles.number : styles.word;
    const token = string ?? whole;
    out.push(text.slice(at, match.index));
    out.push(
      <span key={match.index} className={kind}>
        {token}
      </span>,
    );
    at = match.index + token.length;
  }
  out.push(text.slice(at));
  return out;
}
