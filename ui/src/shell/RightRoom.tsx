// The thing that is selected: its definition, and its data in the run.
import { DataTab } from "../debugger/DataTab";
import { Tabs } from "../design/Tabs";
import { ErrorsTab, StateTab } from "../inspector/StateTab";
import { useSession, useSignal } from "../session/hooks";
import { RunResult } from "./RunResult";

export function RightRoom() {
  const { layout, run, selection } = useSession();
  const head = useSignal(run.head);
  const selected = useSignal(selection.current);
  const { right } = useSignal(layout.state);
  return (
    <Tabs
      label="Selected state"
      current={right}
      onChange={(tab) => layout.showRight(tab)}
      tabs={[
        { id: "state", title: "State", pane: <StateTab /> },
        { id: "data", title: "Data", pane: head && !selected ? <RunResult head={head} /> : <DataTab /> },
        { id: "errors", title: "Errors", pane: <ErrorsTab /> },
      ]}
    />
  );
}
