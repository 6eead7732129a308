// Before a run whose functions need packages: may they be installed? Names what would be run, and shows it running.
import { PackageOpen } from "lucide-react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Problem } from "../../design/Field";
import type { BuildQuestion } from "../../session/builds";
import { useSession } from "../../session/hooks";
import type { BuildView } from "../../transport/contract";
import styles from "./dialogs.module.css";

export function BuildDialog({ question }: { question: BuildQuestion }) {
  const { builds } = useSession().runs;
  const { progress, failure } = question;
  const works = progress !== null;
  const install = () => void builds.install();
  return (
    <Dialog
      title="Install packages for functions?"
      lead={
        <>
          These commands put them below <b>.stepwell/build</b> in this folder, and may use the network. Your
          own files stay as they are.
        </>
      }
      onClose={() => void builds.leave()}
      actions={
        works ? (
          <Button onClick={() => void builds.leave()}>Stop installing</Button>
        ) : (
          <>
            <Button data-first onClick={() => void builds.decline()}>
              Run without
            </Button>
            <Button kind="primary" icon={PackageOpen} onClick={install}>
              {failure ? "Try again" : "Install and run"}
            </Button>
          </>
        )
      }
    >
      <ul className={styles.builds} aria-label="What will run">
        {question.builds.map((build) => (
          <BuildRow key={build.manifest} build={build} />
        ))}
      </ul>
      {works ? (
        <p className={styles.progress} role="status">
          {progress || "Starting…"}
        </p>
      ) : null}
      {failure ? (
        <Problem severity="error">
          <span className={styles.said}>{failure.message}</span>
        </Problem>
      ) : null}
    </Dialog>
  );
}

function BuildRow({ build }: { build: BuildView }) {
  return (
    <li>
      <p>
        <b>{build.manifest}</b> asks for {build.packages.join(", ")}
      </p>
      <code>{build.command}</code>
    </li>
  );
}
