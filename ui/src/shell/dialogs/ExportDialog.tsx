// Plain ASL for AWS, or a picture: to the clipboard or to a file.
import { Check, Copy, FolderOpen, Save } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { copyText } from "../../design/copyText";
import { Dialog } from "../../design/Dialog";
import { Field, Problem, TextInput } from "../../design/Field";
import { JsonText } from "../../design/JsonText";
import { Segmented } from "../../design/Segmented";
import { Switch } from "../../design/Switch";
import { useSession } from "../../session/hooks";
import type { Exported } from "../../transport/contract";
import { CallFailure } from "../../transport/transport";
import { useTheme } from "../themeContext";
import styles from "./dialogs.module.css";

type Format = "asl-json" | "svg";

const FORMATS: { id: Format; title: string }[] = [
  { id: "asl-json" as const, title: "ASL JSON" },
  { id: "svg" as const, title: "SVG" },
];

export function ExportDialog({ onClose }: { onClose(): void }) {
  const session = useSession();
  const workflow = session.project.front?.id ?? "";
  const theme = useTheme();
  const [format, setFormat] = useState<Format>("asl-json");
  const [keepSubstitutions, setKeep] = useState(false);
  const preview = usePreview({ workflow, format, keepSubstitutions, theme });
  const { exported } = preview;
  return (
    <Dialog wide title={`Export ${session.project.front?.name ?? ""}`} onClose={onClose}>
      <div className={styles.row}>
        <Segmented label="Format" options={FORMATS} current={format} onChange={(id) => setFormat(id)} />
        {format === "asl-json" ? (
          <Switch checked={keepSubstitutions} onChange={setKeep}>
            Keep substitutions as {"${…}"}
          </Switch>
        ) : null}
        <span className={styles.space} />
        <CopyButton text={exported?.text ?? null} />
      </div>
      {preview.failure ? <Problem severity="error">{preview.failure.message}</Problem> : null}
      {exported && exported.unresolved.length > 0 && !keepSubstitutions ? (
        <Problem severity="warning">
          No value is known for {exported.unresolved.join(", ")}: left as {"${…}"}.
        </Problem>
      ) : null}
      <Preview exported={exported} format={format} />
      <SaveRow
        exported={exported}
        request={{ workflow, format, keepSubstitutions, theme }}
        onDone={onClose}
      />
    </Dialog>
  );
}

interface Request {
  workflow: string;
  format: Format;
  keepSubstitutions: boolean;
  theme: string;
}

function usePreview({ workflow, format, keepSubstitutions, theme }: Request) {
  const { transport, documents } = useSession();
  const [state, setState] = useState<{ exported: Exported | null; failure: CallFailure | null }>({
    exported: null,
    failure: null,
  });
  useEffect(() => {
    let stale = false;
    const ask = async () => {
      await documents.front?.flush();
      const request = { workflow, format, keepSubstitutions, path: null, overwrite: false };
      return transport.call("workflow.export", { ...request, theme: format === "svg" ? theme : null });
    };
    ask().then(
      (exported) => !stale && setState({ exported, failure: null }),
      (thrown) => !stale && setState({ exported: null, failure: CallFailure.from(thrown) }),
    );
    return () => {
      stale = true;
    };
  }, [transport, documents, workflow, format, keepSubstitutions, theme]);
  return state;
}

function Preview({ exported, format }: { exported: Exported | null; format: Format }) {
  if (!exported) return <div className={styles.preview} />;
  if (format === "svg") {
    // As a picture, so that nothing in it can run.
    const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(exported.text)}`;
    return (
      <div className={styles.preview}>
        <img src={source} alt="The drawing of the workflow" />
      </div>
    );
  }
  return <JsonText text={exported.text} className={styles.preview} />;
}

function CopyButton({ text }: { text: string | null }) {
  const { notices } = useSession();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (text === null) return;
    if (await copyText(text)) setCopied(true);
    else notices.add("error", "The clipboard can't be reached from here.", "Save to a file instead.");
  };
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button icon={copied ? Check : Copy} disabled={text === null} onClick={() => void copy()}>
      {copied ? "Copied" : "Copy"}
    </Button>
  );
}

interface SaveRowProps {
  exported: Exported | null;
  request: Request;
  onDone(): void;
}

function SaveRow({ exported, request, onDone }: SaveRowProps) {
  const session = useSession();
  const { transport, notices } = session;
  const [typed, setTyped] = useState<string | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const root = session.project.view?.root ?? "";
  const path = typed ?? (exported ? `${root}/${exported.suggestedName}` : "");
  const exists = failure?.code === "export.exists";

  const save = async (overwrite: boolean, to = path) => {
    try {
      const theme = request.format === "svg" ? request.theme : null;
      const done = await transport.call("workflow.export", { ...request, theme, path: to, overwrite });
      notices.add("info", `Exported to ${done.path ?? to}.`);
      onDone();
    } catch (thrown) {
      setFailure(CallFailure.from(thrown));
    }
  };
  const choose = async () => {
    const chosen = await transport.dialogs?.saveFile(exported?.suggestedName ?? "");
    if (!chosen) return;
    setTyped(chosen);
    // The system's dialog has asked about replacing already.
    await save(true, chosen);
  };
  const problem = failure ? [failure.message, failure.hint].filter(Boolean).join(" ") : null;
  return (
    <Field label="File" problem={problem}>
      {({ id, describedBy }) => (
        <div className={styles.row}>
          <TextInput
            id={id}
            aria-describedby={describedBy}
            code
            wrong={failure ? "error" : false}
            value={path}
            onChange={(event) => {
              setTyped(event.target.value);
              setFailure(null);
            }}
          />
          {transport.dialogs ? (
            <Button icon={FolderOpen} onClick={() => void choose()}>
              Choose…
            </Button>
          ) : null}
          {exists ? (
            <Button kind="danger" icon={Save} onClick={() => void save(true)}>
              Replace
            </Button>
          ) : (
            <Button
              kind="primary"
              icon={Save}
              disabled={!exported || path === ""}
              onClick={() => void save(false)}
            >
              Save
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
