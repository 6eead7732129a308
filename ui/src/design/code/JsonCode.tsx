// A few lines of JSON to edit, coloured; what is wrong stands below. Ctrl+Enter commits, Escape gives up.
import { closeBrackets } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import { bytes } from "../amounts";
import { Button } from "../Button";
import { Problem } from "../Field";
import type { JsonCheck } from "../JsonField";
import styles from "./JsonCode.module.css";
import { codeLook } from "./theme";

interface JsonCodeProps {
  label: string;
  value: string;
  /** What the button that commits says. */
  verb?: string;
  autoFocus?: boolean;
  check(text: string): Promise<JsonCheck>;
  /** Resolves with whether it was taken. */
  onCommit(text: string): Promise<boolean> | boolean;
  onCancel(): void;
}

export function JsonCode({
  label,
  value,
  verb = "Apply",
  autoFocus = true,
  check,
  onCommit,
  onCancel,
}: JsonCodeProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [text, setText] = useState(value);
  const [checked, setChecked] = useState<JsonCheck | null>(null);
  const [busy, setBusy] = useState(false);

  const commit = async () => {
    const typed = view.current?.state.doc.toString() ?? value;
    setBusy(true);
    const answer = await check(typed).catch(() => null);
    if (answer) setChecked(answer);
    if (answer && answer.problem === null) await onCommit(typed);
    setBusy(false);
  };
  const actions = useRef({ commit, onCancel });
  actions.current = { commit, onCancel };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor owns its text once it is made
  useEffect(() => {
    if (!host.current) return;
    view.current = new EditorView({ state: stateFor(value, label, setText, actions), parent: host.current });
    if (autoFocus) view.current.focus();
    return () => view.current?.destroy();
  }, []);

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await check(text).catch(() => null);
      if (!stale && answer) setChecked(answer);
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text, check]);

  const problem = checked?.problem ?? null;
  return (
    <div className={styles.code}>
      <div ref={host} className={styles.text} data-wrong={problem !== null || undefined} />
      {problem ? <Problem severity="error">{problem}</Problem> : null}
      <div className={styles.actions}>
        <Button size="small" kind="primary" disabled={problem !== null || busy} onClick={() => void commit()}>
          {verb}
        </Button>
        <Button size="small" kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
        {checked && !problem ? <span className={styles.size}>{bytes(checked.bytes)}</span> : null}
      </div>
    </div>
  );
}

interface Actions {
  current: { commit(): Promise<void>; onCancel(): void };
}

function stateFor(doc: string, label: string, onText: (text: string) => void, actions: Actions): EditorState {
  const keys = Prec.highest(
    keymap.of([
      { key: "Mod-Enter", run: done(() => void actions.current.commit()), stopPropagation: true },
      { key: "Escape", run: done(() => actions.current.onCancel()), stopPropagation: true },
    ]),
  );
  return EditorState.create({
    doc,
    extensions: [
      keys,
      history(),
      json(),
      indentUnit.of("  "),
      closeBrackets(),
      bracketMatching(),
      keymap.of([indentWithTab, ...historyKeymap, ...defaultKeymap]),
      codeLook,
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.updateListener.of((update) => update.docChanged && onText(update.state.doc.toString())),
    ],
  });
}

function done(act: () => void): () => boolean {
  return () => {
    act();
    return true;
  };
}
