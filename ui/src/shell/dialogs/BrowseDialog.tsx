// Opens a folder where no dialog of the system is at hand: the core lists, the user walks or types.
import { CornerLeftUp, FileBraces, Folder, Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field, TextInput } from "../../design/Field";
import { useSession } from "../../session/hooks";
import type { Entry, Listing } from "../../transport/contract";
import { CallFailure } from "../../transport/transport";
import styles from "./dialogs.module.css";

export function BrowseDialog({ onClose }: { onClose(): void }) {
  const session = useSession();
  const { path, listing, failure, go, type, refuse } = useListing(session.project.view?.root ?? "");
  const open = (target: string) =>
    session.openProject(target).then(onClose, (thrown) => refuse(CallFailure.from(thrown)));
  const pick = (entry: Entry) => (entry.folder && !entry.project ? go(entry.path) : void open(entry.path));
  return (
    <Dialog
      title="Open a project"
      lead="A folder with a SAM template, or with *.asl.json or *.asl.yaml files."
      onClose={onClose}
      onSubmit={() => void open(path)}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={path === ""} onClick={() => void open(path)}>
            Open this folder
          </Button>
        </>
      }
    >
      <Field label="Path" problem={failure && [failure.message, failure.hint].filter(Boolean).join(" ")}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            code
            wrong={failure ? "error" : false}
            value={path}
            onChange={(event) => type(event.target.value)}
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

/** How long after the last key the list follows what is typed. */
const SETTLE = 200;

/** A path, and what lies there: null while it is not known, or where nothing is. */
function useListing(first: string) {
  const { transport } = useSession();
  // Begin beside the project that is open, so that its neighbours are at hand.
  const [asked, setAsked] = useState({ path: first === "" ? "" : `${first}/..`, typed: false });
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  useEffect(() => {
    let stale = false;
    const ask = () =>
      transport.call("files.browse", { path: asked.path }).then(
        (found) => {
          if (stale) return;
          setListing(found);
          setFailure(null);
        },
        (thrown) => {
          if (stale) return;
          setListing(null);
          setFailure(CallFailure.from(thrown));
        },
      );
    const timer = setTimeout(ask, asked.typed ? SETTLE : 0);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [transport, asked]);
  return {
    // What is typed stays as it is typed.
    path: asked.typed ? asked.path : (listing?.path ?? asked.path),
    listing,
    failure,
    go: (path: string) => setAsked({ path, typed: false }),
    type: (path: string) => setAsked({ path, typed: true }),
    refuse: setFailure,
  };
}
