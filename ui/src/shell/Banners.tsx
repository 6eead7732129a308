// What the user has to know before he goes on: of the folder, of the text (changed on disk, gone from disk, brought back),
// of the run.
import { History, Info, Lock } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button";
import type { OpenDocument } from "../session/document";
import { useDocument, useSession, useSignal } from "../session/hooks";
import type { DocumentStatus, ProjectView } from "../transport/contract";
import { Banner } from "./Banner";
import { GoneBanner, LeftBehindBanner } from "./GoneBanner";

export function Banners({ project }: { project: ProjectView }) {
  const document = useDocument();
  if (!document) return null;
  return (
    <>
      <FolderBanner key={project.root} project={project} />
      <LeftBehindBanner project={project} />
      <TextBanner key={document.path} document={document} />
      <RunBanner document={document} />
    </>
  );
}

/** A folder in which nothing can be written. */
function FolderBanner({ project }: { project: ProjectView }) {
  const { dialog } = useSession();
  const [read, setRead] = useState(false);
  if (project.unwritable === null || read) return null;
  return (
    <Banner
      tone="info"
      icon={Lock}
      actions={
        <>
          <Button size="small" onClick={() => dialog.set("copy")}>
            Save a copy…
          </Button>
          <Button size="small" onClick={() => setRead(true)}>
            Got it
          </Button>
        </>
      }
    >
      <span title={project.unwritable}>
        Nothing can be written in this folder. Runs are kept only until it is closed, and a crash would lose
        what is not saved.
      </span>
    </Banner>
  );
}

function TextBanner({ document }: { document: OpenDocument }) {
  const { documents } = useSession();
  const status = useSignal(document.status);
  const [read, setRead] = useState(false);
  if (status.conflict) return <Conflict status={status} />;
  if (status.missing) return <GoneBanner status={status} />;
  if (status.readOnly) {
    return (
      <Banner tone="info" icon={Lock}>
        This definition is put together from pieces of the template. It can be run and looked at; to edit it
        here, move it into a file of its own (<code>DefinitionUri</code>).
      </Banner>
    );
  }
  if (status.recovered && !read) {
    return (
      <Banner
        tone="info"
        icon={History}
        actions={
          <>
            <Button size="small" onClick={() => void documents.resolve("disk")}>
              Take the file's text
            </Button>
            <Button size="small" onClick={() => setRead(true)}>
              Keep it
            </Button>
          </>
        }
      >
        Changes that were never saved have been brought back.
      </Banner>
    );
  }
  return null;
}

function Conflict({ status }: { status: DocumentStatus }) {
  const { documents } = useSession();
  const lines = status.conflict?.lines ?? [];
  const where =
    lines.length === 0 ? "" : lines.length === 1 ? ` in line ${lines[0]}` : ` in lines ${ranges(lines)}`;
  return (
    <Banner
      tone="warning"
      actions={
        <>
          <Button size="small" onClick={() => void documents.resolve("disk")}>
            Take the file's
          </Button>
          <Button size="small" onClick={() => void documents.resolve("mine")}>
            Keep mine
          </Button>
        </>
      }
    >
      Another program changed <b>{status.document}</b>
      {where}, where you have unsaved changes. Either choice can be undone.
    </Banner>
  );
}

function RunBanner({ document }: { document: OpenDocument }) {
  const session = useSession();
  const head = useSignal(session.run.head);
  if (!head || head.document !== document.path) return null;
  if (head.status === "interrupted") {
    const resume = () =>
      void session.attempt(async () => {
        session.run.show(await session.transport.call("run.resume", { execution: head.execution }));
      });
    return (
      <Banner
        tone="warning"
        actions={
          <Button size="small" onClick={resume}>
            Carry on
          </Button>
        }
      >
        This run was interrupted when Stepwell ended. It can go on where it stood.
      </Banner>
    );
  }
  if (!head.stale) return null;
  return (
    <Banner tone="info" icon={Info}>
      The definition has changed since this run started: the run keeps to the earlier one.
    </Banner>
  );
}

/** `3–5, 9` */
export function ranges(lines: readonly number[]): string {
  const out: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last && line <= last[1] + 1) last[1] = line;
    else out.push([line, line]);
  }
  return out.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
