// Asks for the value of an expression over the data of the selected state; the answers stay until another run is shown.
import { ChevronRight, CornerDownLeft } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { JsonText } from "../design/JsonText";
import { join } from "../design/join";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { Evaluation } from "../transport/contract";
import styles from "./EvaluateLine.module.css";
import { useQuestion } from "./useStateData";

interface Answer extends Evaluation {
  number: number;
  expression: string;
  state: string;
}

/** Older answers and questions are let go of. */
const KEPT = 50;

export function EvaluateLine() {
  const session = useSession();
  const state = useSignal(session.selection.current)?.state ?? "";
  const name = useDocument()?.state(state)?.name ?? state;
  const of = useQuestion(state);
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const [text, setText] = useState("");
  /** What was asked, oldest first, whether or not the answer is there. */
  const [asked, setAsked] = useState<readonly string[]>([]);
  /** How far back in what was asked. */
  const [back, setBack] = useState(0);
  const count = useRef(0);

  const ask = () => {
    const expression = text.trim();
    if (of === null || expression === "") return;
    // The line is free at once, so that what is typed meanwhile stays.
    setAsked((before) => [...before.slice(1 - KEPT), expression]);
    setText("");
    setBack(0);
    void session.attempt(async () => {
      const { results } = await session.transport.call("debug.evaluate", { of, expressions: [expression] });
      const [result] = results;
      if (!result) return;
      count.current += 1;
      const answer = { ...result, number: count.current, expression, state: name };
      setAnswers((before) => [...before.slice(1 - KEPT), answer]);
    });
  };
  const recall = (by: number) => {
    const to = Math.min(asked.length, Math.max(0, back + by));
    setBack(to);
    setText(to === 0 ? "" : (asked.at(-to) ?? ""));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") ask();
    else if (event.key === "ArrowUp") recall(1);
    else if (event.key === "ArrowDown") recall(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.console}>
      {answers.length > 0 ? (
        <ol className={styles.answers} aria-label="Answers" aria-live="polite">
          {answers.map((answer) => (
            <Answered key={answer.number} answer={answer} />
          ))}
        </ol>
      ) : null}
      <label className={styles.line}>
        <ChevronRight size={14} strokeWidth={2} aria-hidden />
        <input
          aria-label="Evaluate an expression"
          value={text}
          disabled={of === null}
          spellCheck={false}
          autoComplete="off"
          placeholder={
            of === null
              ? "Select a state that the run has reached, to evaluate expressions over its data"
              : `An expression over the data of ${name}, such as $.total or $$.Execution.Id`
          }
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {text === "" ? null : <CornerDownLeft size={14} strokeWidth={1.75} aria-hidden />}
      </label>
    </div>
  );
}

function Answered({ answer }: { answer: Answer }) {
  const { expression, state, value, problem } = answer;
  return (
    <li ref={(element) => element?.scrollIntoView({ block: "nearest" })}>
      <span className={styles.asked}>
        {expression} <em>{state}</em>
      </span>
      {value === null ? (
        <p className={join(styles.value, styles.problem)}>{problem}</p>
      ) : (
        <JsonText text={value} className={styles.value} />
      )}
    </li>
  );
}
