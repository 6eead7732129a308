// The dialog that is open, if one is.
import { useSession, useSignal } from "../../session/hooks";
import { BrowseDialog } from "./BrowseDialog";
import { BuildDialog } from "./BuildDialog";
import { CopyDialog } from "./CopyDialog";
import { ExportDialog } from "./ExportDialog";
import { PaletteDialog } from "./PaletteDialog";
import { RunDialog } from "./RunDialog";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { TrustDialog } from "./TrustDialog";

export function Dialogs() {
  const session = useSession();
  const dialog = useSignal(session.dialog);
  const question = useSignal(session.runs.question);
  const build = useSignal(session.runs.builds.question);
  const close = () => session.dialog.set(null);
  if (question) return <TrustDialog question={question} />;
  if (build) return <BuildDialog question={build} />;
  switch (dialog) {
    case "run":
    case "debug":
      return <RunDialog debug={dialog === "debug"} onClose={close} />;
    case "export":
      return <ExportDialog onClose={close} />;
    case "copy":
      return <CopyDialog onClose={close} />;
    case "open":
      return <BrowseDialog onClose={close} />;
    case "palette":
    case "find":
      return <PaletteDialog key={dialog} states={dialog === "find"} onClose={close} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={close} />;
    case null:
      return null;
  }
}
