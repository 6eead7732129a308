// The workflow in short, where no state is selected; and what can be done from here.
import { FileJson } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../design/Button";
import { Keys } from "../design/Keys";
import type { OpenDocument } from "../session/document";
import { useSession, useSignal } from "../session/hooks";
import styles from "./inspector.module.css";

const HINTS: [what: string, keys: string][] = [
  ["Go to a neighbouring state", "↓"],
  ["Debug with one of its events", "F5"],
  ["Stop at the selected state", "F9"],
  ["All shortcuts", "?"],
];

export function WorkflowSummary({ document }: { document: OpenDocument }) {
  const { project, layout, input, dialog } = useSession();
  useSignal(project.workflow);
  const open = useSignal(project.state);
  const { states, queryLanguage, diagnostics } = useSignal(document.analysis);
  const { edges } = useSignal(document.diagram);
  const workflow = project.front;
  const transitions = edges.filter((edge) => edge.kind !== "start").length;
  const events = open.kind === "open" ? open.project.events : [];
  const runWith = (path: string) => {
    input.set({ path, text: null });
    dialog.set("run");
  };
  return (
    <div className={styles.form}>
      <h2 className={styles.title}>{workflow?.name ?? document.path}</h2>
      <p className={styles.sentence}>
        {workflow?.kind === "express" ? "Express" : "Standard"} workflow · {queryLanguage}
      </p>
      <dl className={styles.facts}>
        <Fact title="States">{states.length}</Fact>
        <Fact title="Transitions">{transitions}</Fact>
        <Fact title="Problems">
          {diagnostics.length === 0 ? (
            "none"
          ) : (
            <Button kind="link" onClick={() => layout.showFloor("problems")}>
              {diagnostics.length}
            </Button>
          )}
        </Fact>
        <Fact title="Definition">{document.path}</Fact>
      </dl>
      {events.length > 0 ? (
        <section className={styles.group} aria-label="Events">
          <h3>Run with an event</h3>
          <ul>
            {events.map((event) => (
              <li key={event.path}>
                <button type="button" className={styles.event} onClick={() => runWith(event.path)}>
                  <FileJson size={15} strokeWidth={1.75} aria-hidden />
                  {event.name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className={styles.group} aria-label="Hints">
        <h3>Click a state to edit it</h3>
        <dl className={styles.facts}>
          {HINTS.map(([what, keys]) => (
            <Fact key={keys} title={what}>
              <Keys keys={keys} />
            </Fact>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
