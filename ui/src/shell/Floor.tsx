// What happened: timeline, events, frames, variables, console, problems. Folded to its tabs until there is a run, unless somebody opens it.
import { ChevronDown, ChevronUp } from "lucide-react";
import { ConsoleTab } from "../debugger/ConsoleTab";
import { EventsTab } from "../debugger/EventsTab";
import { FramesTab } from "../debugger/FramesTab";
import { TimelineTab } from "../debugger/TimelineTab";
import { VariablesTab } from "../debugger/VariablesTab";
import { IconButton } from "../design/Button";
import { Splitter } from "../design/Splitter";
import { type Tab, Tabs } from "../design/Tabs";
import { ProblemsTab } from "../editor/ProblemsTab";
import { useSession, useSignal } from "../session/hooks";
import { DEFAULT_LAYOUT, type FloorTab, isFloorFolded } from "../session/layout";
import styles from "./Floor.module.css";
import { useProblemCount } from "./useProblemCount";

/** Height of the folded floor: its tabs. */
export const FLOOR_ROW = 41;
const LEAST = 96;

export function Floor() {
  const { layout, run } = useSession();
  const state = useSignal(layout.state);
  const folded = isFloorFolded(state, useSignal(run.head) !== null);
  const { errors, warnings } = useProblemCount();
  const tabs: Tab<FloorTab>[] = [
    { id: "timeline", title: "Timeline", pane: <TimelineTab /> },
    { id: "events", title: "Events", pane: <EventsTab /> },
    { id: "frames", title: "Frames", pane: <FramesTab /> },
    { id: "variables", title: "Variables", pane: <VariablesTab /> },
    { id: "console", title: "Console", pane: <ConsoleTab /> },
    { id: "problems", title: "Problems", count: errors + warnings, pane: <ProblemsTab /> },
  ];
  // A layout that was stored by another version may name a tab that is not there.
  const current = tabs.some((tab) => tab.id === state.floor) ? state.floor : "timeline";
  const toggle = (
    <IconButton
      icon={folded ? ChevronUp : ChevronDown}
      label={folded ? "Unfold" : "Fold"}
      side="top"
      onClick={() => layout.foldFloor(!folded)}
    />
  );
  return (
    <>
      <Splitter
        label="Height of the floor"
        line="horizontal"
        size={folded ? FLOOR_ROW : state.floorSize}
        min={LEAST}
        max={Math.max(LEAST, window.innerHeight - 280)}
        after
        onChange={(floorSize) => {
          layout.change({ floorSize });
          layout.foldFloor(false);
        }}
        onFold={() => {
          layout.change({ floorSize: DEFAULT_LAYOUT.floorSize });
          layout.foldFloor(true);
        }}
      />
      <section
        className={styles.floor}
        style={{ height: folded ? FLOOR_ROW : state.floorSize }}
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
