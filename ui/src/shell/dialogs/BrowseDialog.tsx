// Opens a folder where no dialog of the system is at hand: the core lists, the user walks.
import { CornerLeftUp, FileBraces, Folder, Workflow } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field, TextInput } from "../../design/Field";
import { useSession } from "../../session/hooks";
import type { Entry, Listing } from "../../transport/contract";
import { CallFailure } from "../../transport/transport";
import styles from "./dialogs.module.css";

export function BrowseDialog({ onClose }: { onClose(): void }) {
  const session = useSession();
  const { listing, failure, go } = useListing(session.project.view?.root ?? "");
  const [path, setPath] = useState("");
  useEffect(() => setPath(listing?.path ?? ""), [listing]);
  const open = async (target: string) => {
    if (await session.openProject(target)) onClose();
  };
  const pick = (entry: Entry) => (entry.folder && !entry.project ? go(entry.path) : void open(entry.path));
  return (
    <Dialog
      title="Open a project"
      lead="A folder with a SAM template, or with *.asl.json or *.asl.yaml files."
      onClose={onClose}
      onSubmit={() => (path === listing?.path ? void open(path) : go(path))}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={path === ""} onClick={() => void open(path)}>
            Open this folder
          </Button>
        </>
      }
    >
      <Field label="Path" problem={failure?.message}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            code
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
        )}
      </Field>
      <div className={styles.listing}>
        {listing?.parent ? (
          <button type="button" className={styles.option} onClick={() => go(listing.parent ?? "")}>
            <CornerLeftUp size={16} strokeWidth={1.75} aria-hidden />
            <span>Folder above</span>
          </button>
        ) : null}
        {listing?.entries.map((entry) => (
          <EntryRow key={entry.path} entry={entry} onPick={() => pick(entry)} />
        ))}
        {listing && listing.entries.length === 0 ? (
          <p className={styles.quiet}>Nothing to open in here.</p>
        ) : null}
      </div>
    </Dialog>
  );
}

function EntryRow({ entry, onPick }: { entry: Entry; onPick(): void }) {
  const Icon = !entry.folder ? FileBraces : entry.project ? Workflow : Folder;
  return (
    <button type="button" className={styles.option} onClick={onPick}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span>{entry.name}</span>
      {entry.project && entry.folder ? <em>project</em> : null}
    </button>
  );
}

function useListing(first: string) {
  const { transport } = useSession();
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const go = useCallback(
    (path: string) => {
      transport.call("files.browse", { path }).then(
        (found) => {
          setListing(found);
          setFailure(null);
        },
        (thrown) => setFailure(CallFailure.from(thrown)),
      );
    },
    [transport],
  );
  // Begin beside the project that is open, so that its neighbours are at hand.
  useEffect(() => go(first === "" ? "" : `${first}/..`), [go, first]);
  return { listing, failure, go };
}
