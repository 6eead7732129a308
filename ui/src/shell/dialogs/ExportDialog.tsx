// Plain ASL for AWS, or a picture: to the clipboard or to a file.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { copyText } from "../../design/copyText";
import { Dialog } from "../../design/Dialog";
import { Problem } from "../../design/Field";
import { JsonText } from "../../design/JsonText";
import { Segmented } from "../../design/Segmented";
import { Switch } from "../../design/Switch";
import { useSession } from "../../session/hooks";
import type { Exported } from "../../transport/contract";
import { CallFailure } from "../../transport/transport";
import { useTheme } from "../themeContext";
import styles from "./dialogs.module.css";
import { SaveRow } from "./SaveRow";

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
  const write = async (path: string, overwrite: boolean) => {
    const request = { workflow, format, keepSubstitutions, theme: format === "svg" ? theme : null };
    const done = await session.transport.call("workflow.export", { ...request, path, overwrite });
    return done.path ?? path;
  };
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
        name={exported?.suggestedName ?? ""}
        folder={session.project.view?.root ?? ""}
        write={write}
        onDone={(path) => {
          session.notices.add("info", `Exported to ${path}.`);
          onClose();
        }}
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
