// A label over a control, and what is wrong with it below.
import { AlertTriangle, CircleAlert } from "lucide-react";
import {
  forwardRef,
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import styles from "./Field.module.css";
import { join } from "./join";

interface FieldProps {
  label: string;
  /** At the right of the label. */
  note?: ReactNode;
  hint?: ReactNode;
  problem?: ReactNode;
  severity?: "error" | "warning";
  /** Gets the id that ties the label to the control, and the one that ties it to the problem. */
  children(ids: { id: string; describedBy: string | undefined }): ReactNode;
}

export function Field({ label, note, hint, problem, severity = "error", children }: FieldProps) {
  const id = useId();
  const below = problem || hint;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {note ? <span className={styles.note}>{note}</span> : null}
      </div>
      {children({ id, describedBy: below ? `${id}-below` : undefined })}
      {below ? (
        <div id={`${id}-below`}>
          {problem ? <Problem severity={severity}>{problem}</Problem> : <p className={styles.hint}>{hint}</p>}
        </div>
      ) : null}
    </div>
  );
}

/** What is wrong, in words, under the thing that has it. */
export function Problem({ severity, children }: { severity: "error" | "warning"; children: ReactNode }) {
  const Icon = severity === "error" ? CircleAlert : AlertTriangle;
  return (
    <div className={join(styles.problem, styles[severity])} role={severity === "error" ? "alert" : undefined}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <div>{children}</div>
    </div>
  );
}

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  code?: boolean;
  wrong?: "error" | "warning" | false;
}

export const TextInput = forwardRef<HTMLInputElement, TextInputProps>(function TextInput(
  { code, wrong, className, ...rest },
  ref,
) {
  return (
    <input
      ref={ref}
      spellCheck={false}
      autoComplete="off"
      aria-invalid={wrong === "error" || undefined}
      className={join(styles.input, code && styles.code, wrong && styles[`wrong-${wrong}`], className)}
      {...rest}
    />
  );
});

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  code?: boolean;
  wrong?: "error" | "warning" | false;
}

export const TextArea = forwardRef<HTMLTextAreaElement, TextAreaProps>(function TextArea(
  { code, wrong, className, ...rest },
  ref,
) {
  return (
    <textarea
      ref={ref}
      spellCheck={false}
      aria-invalid={wrong === "error" || undefined}
      className={join(
        styles.input,
        styles.area,
        code && styles.code,
        wrong && styles[`wrong-${wrong}`],
        className,
      )}
      {...rest}
    />
  );
});
