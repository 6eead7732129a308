// Three rooms and a floor, below one bar.
import { Canvas } from "../canvas/Canvas";
import { DataTab } from "../debugger/DataTab";
import { EventsTab } from "../debugger/EventsTab";
import { LogTab } from "../debugger/LogTab";
import { TimelineTab } from "../debugger/TimelineTab";
import { ProblemsTab } from "../editor/ProblemsTab";
import { StateTab } from "../inspector/StateTab";

export function Window() {
  return (
    <>
      <Canvas />
      <StateTab />
      <DataTab />
      <TimelineTab />
      <EventsTab />
      <LogTab />
      <ProblemsTab />
    </>
  );
}
