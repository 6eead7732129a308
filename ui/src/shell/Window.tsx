// Three rooms and a floor, below one bar. Each can be resized and folded; sizes are remembered.
import { Splitter } from "../design/Splitter";
import { useSession, useSignal } from "../session/hooks";
import { DEFAULT_LAYOUT, type LayoutState } from "../session/layout";
import type { ProjectView } from "../transport/contract";
import { Centre } from "./Centre";
import { Floor } from "./Floor";
import { DragGhost } from "./left/DragGhost";
import { LeftRoom } from "./left/LeftRoom";
import { RightRoom } from "./RightRoom";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";
import styles from "./Window.module.css";

/** Least and most of a room, in CSS pixels. */
const ROOM = { min: 180, max: 560 };

export function Window({ project }: { project: ProjectView }) {
  const { layout } = useSession();
  const state = useSignal(layout.state);
  const change = (part: Partial<LayoutState>) => layout.change(part);
  const hasWorkflow = project.workflows.length > 0;
  return (
    <div className={styles.window}>
      <TopBar project={project} />
      <div className={styles.rooms}>
        {state.leftFolded ? null : (
          <>
            <aside className={styles.room} style={{ width: state.leftSize }} aria-label="Project">
              <LeftRoom project={project} />
            </aside>
            <Splitter
              label="Width of the left room"
              line="vertical"
              size={state.leftSize}
              {...ROOM}
              onChange={(leftSize) => change({ leftSize })}
              onFold={() => change({ leftFolded: true, leftSize: DEFAULT_LAYOUT.leftSize })}
            />
          </>
        )}
        <main className={styles.centre}>
          <Centre project={project} />
          {hasWorkflow ? <Floor /> : null}
        </main>
        {state.rightFolded || !hasWorkflow ? null : (
          <>
            <Splitter
              label="Width of the right room"
              line="vertical"
              size={state.rightSize}
              {...ROOM}
              after
              onChange={(rightSize) => change({ rightSize })}
              onFold={() => {
                change({ rightSize: DEFAULT_LAYOUT.rightSize });
                layout.foldRight(true);
              }}
            />
            <aside className={styles.room} style={{ width: state.rightSize }} aria-label="Selected state">
              <RightRoom />
            </aside>
          </>
        )}
      </div>
      <StatusBar project={project} />
      <DragGhost />
    </div>
  );
}
