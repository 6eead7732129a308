// The text of the document in front, into another file: where its own can't be written, or is gone.
import { Dialog } from "../../design/Dialog";
import { useDocument, useSession, useSignal } from "../../session/hooks";
import { SaveRow } from "./SaveRow";

export function CopyDialog({ onClose }: { onClose(): void }) {
  const session = useSession();
  const info = useSignal(session.project.info);
  const document = useDocument();
  const workflow = session.project.front?.name ?? "workflow";
  return (
    <Dialog
      wide
      title="Save a copy"
      lead={
        <>
          The text of <b>{document?.path}</b> as it is now goes into another file. The document here stays as
          it is.
        </>
      }
      onClose={onClose}
    >
      <SaveRow
        name={`${workflow}.asl.${document?.format ?? "json"}`}
        folder={info?.home ?? "~"}
        write={(path, overwrite) => session.documents.copy(path, overwrite)}
        onDone={(path) => {
          session.notices.add("info", `A copy is in ${path}.`);
          onClose();
        }}
      />
    </Dialog>
  );
}
