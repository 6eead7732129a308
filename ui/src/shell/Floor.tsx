// What happened: timeline, events, frames, variables, console, problems; and the code, where it is not beside the canvas.
import { ChevronDown, ChevronUp } from "lucide-react";
import { ConsoleTab } from "../debugger/ConsoleTab";
import { EventsTab } from "../debugger/EventsTab";
import { FramesTab } from "../debugger/FramesTab";
import { TimelineTab } from "../debugger/TimelineTab";
import { VariablesTab } from "../debugger/VariablesTab";
import { IconButton } from "../design/Button";
import { Splitter } from "../design/Splitter";
import { type Tab, Tabs } from "../design/Tabs";
import { CodeView } from "../editor/CodeView";
import { ProblemsTab } from "../editor/ProblemsTab";
import { useSession, useSignal } from "../session/hooks";
import { DEFAULT_LAYOUT, type FloorTab } from "../session/layout";
import styles from "./Floor.module.css";
import { useProblemCount } from "./useProblemCount";

/** Height of the folded floor: its tabs. */
export const FLOOR_ROW = 41;
const LEAST = 96;

export function Floor() {
  const { layout } = useSession();
  const state = useSignal(layout.state);
  const { errors, warnings } = useProblemCount();
  const tabs: Tab<FloorTab>[] = [
    { id: "timeline", title: "Timeline", pane: <TimelineTab /> },
    { id: "events", title: "Events", pane: <EventsTab /> },
    { id: "frames", title: "Frames", pane: <FramesTab /> },
    { id: "variables", title: "Variables", pane: <VariablesTab /> },
    { id: "console", title: "Console", pane: <ConsoleTab /> },
    { id: "problems", title: "Problems", count: errors + warnings, pane: <ProblemsTab /> },
  ];
  if (state.mode === "design") tabs.unshift({ id: "code", title: "Code", pane: <CodeView /> });
  // The code's tab is gone while the code is beside the canvas.
  const current = tabs.some((tab) => tab.id === state.floor) ? state.floor : "timeline";
  const fold = () => layout.change({ floorFolded: !state.floorFolded });
  const toggle = (
    <IconButton
      icon={state.floorFolded ? ChevronUp : ChevronDown}
      label={state.floorFolded ? "Unfold" : "Fold"}
      side="top"
      onClick={fold}
    />
  );
  return (
    <>
      <Splitter
        label="Height of the floor"
        line="horizontal"
        size={state.floorFolded ? FLOOR_ROW : state.floorSize}
        min={LEAST}
        max={Math.max(LEAST, window.innerHeight - 280)}
        after
        onChange={(floorSize) => layout.change({ floorSize, floorFolded: false })}
        onFold={() => layout.change({ floorFolded: true, floorSize: DEFAULT_LAYOUT.floorSize })}
      />
      <section
        className={styles.floor}
        style={{ height: state.floorFolded ? FLOOR_ROW : state.floorSize }}
        aria-label="What happened"
      >
        <Tabs
          label="Floor"
          current={current}
          onChange={(tab) => layout.showFloor(tab)}
          tabs={tabs}
          tools={toggle}
        />
      </section>
    </>
  );
}
