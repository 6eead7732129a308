// No project is open: what Stepwell is, and where to begin.

import type { LucideIcon } from "lucide-react";
import { BookOpen, FolderOpen, History } from "lucide-react";
import { Button } from "../../design/Button";
import { useSession, useSignal } from "../../session/hooks";
import type { RecentProject } from "../../transport/contract";
import sign from "../sign.svg";
import styles from "./welcome.module.css";

export function Welcome() {
  const session = useSession();
  const info = useSignal(session.project.info);
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <img src={sign} width={60} height={48} alt="" />
        <h1>Stepwell</h1>
        <p className={styles.lead}>
          Draw AWS Step Functions workflows, run them on your own machine against your real code, and stop at
          any state.
        </p>
        <Button kind="primary" icon={FolderOpen} onClick={() => void session.askForProject()}>
          Open a project…
        </Button>
        <Projects title="Recent" icon={History} list={info?.recent ?? []} />
        <Projects title="Examples" icon={BookOpen} list={info?.examples ?? []} />
        <p className={styles.foot}>{info ? `Version ${info.version}` : ""}</p>
      </div>
    </main>
  );
}

function Projects({ title, icon: Icon, list }: { title: string; icon: LucideIcon; list: RecentProject[] }) {
  const session = useSession();
  if (list.length === 0) return null;
  return (
    <section className={styles.projects}>
      <h2>{title}</h2>
      {list.map((project) => (
        <button
          key={project.path}
          type="button"
          disabled={!project.exists}
          title={project.exists ? undefined : "This folder is gone."}
          onClick={() => void session.attempt(() => session.openProject(project.path))}
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <b>{project.name}</b>
          <span>{project.path}</span>
        </button>
      ))}
    </section>
  );
}
