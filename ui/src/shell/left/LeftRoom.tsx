// What there is: the project, what can be added, the runs.
import { Tabs } from "../../design/Tabs";
import { useSession, useSignal } from "../../session/hooks";
import type { ProjectView } from "../../transport/contract";
import { AddTab } from "./AddTab";
import { ProjectTab } from "./ProjectTab";
import { RunsTab } from "./RunsTab";

export function LeftRoom({ project }: { project: ProjectView }) {
  const { layout } = useSession();
  const { left } = useSignal(layout.state);
  return (
    <Tabs
      label="What there is"
      current={left}
      onChange={(tab) => layout.change({ left: tab })}
      tabs={[
        { id: "project", title: "Project", pane: <ProjectTab project={project} /> },
        { id: "add", title: "Add", pane: <AddTab /> },
        { id: "runs", title: "Runs", pane: <RunsTab project={project} /> },
      ]}
    />
  );
}
