// Text whose file is gone: deleted or renamed, while it was open or since the last session.
import { useState } from "react";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useSession, useSignal } from "../session/hooks";
import type { DocumentStatus, ProjectView } from "../transport/contract";
import { Banner } from "./Banner";

/** The document in front is gone. */
export function GoneBanner({ status }: { status: DocumentStatus }) {
  const { documents, dialog } = useSession();
  const [asking, setAsking] = useState(false);
  return (
    <Banner
      tone="warning"
      actions={
        <>
          <Button size="small" onClick={() => void documents.save()}>
            Save it again
          </Button>
          <Button size="small" onClick={() => dialog.set("copy")}>
            Save a copy…
          </Button>
          <Button size="small" onClick={() => setAsking(true)}>
            Discard…
          </Button>
        </>
      }
    >
      <b>{status.document}</b> is gone from disk, deleted or renamed. The text here is all there is of it.
      {asking ? <DiscardDialog document={status.document} onClose={() => setAsking(false)} /> : null}
    </Banner>
  );
}

function DiscardDialog({ document, onClose }: { document: string; onClose(): void }) {
  const { documents } = useSession();
  return (
    <Dialog
      title="Discard the text?"
      lead={
        <>
          <b>{document}</b> is not on disk, and nothing of it is kept anywhere else.
        </>
      }
      onClose={onClose}
      actions={
        <>
          <Button data-first onClick={onClose}>
            Keep it
          </Button>
          <Button kind="danger" onClick={() => void documents.discard().then(onClose)}>
            Discard
          </Button>
        </>
      }
    />
  );
}

/** Another workflow is gone, with changes that were never saved. */
export function LeftBehindBanner({ project }: { project: ProjectView }) {
  const session = useSession();
  const front = useSignal(session.project.workflow);
  const gone = project.workflows.find((workflow) => workflow.missing && workflow.id !== front);
  if (!gone) return null;
  return (
    <Banner
      tone="warning"
      actions={
        <Button size="small" onClick={() => session.project.workflow.set(gone.id)}>
          Show it
        </Button>
      }
    >
      <b>{gone.document}</b> is gone from disk, deleted or renamed, with changes that were never saved.
    </Banner>
  );
}
