// A plus on a transition: what shall stand there?
import { Plus } from "lucide-react";
import { iconFor } from "../../design/icons";
import { Menu } from "../../design/Menu";
import { FLOW_STATES } from "../../session/flowStates";
import { useSession } from "../../session/hooks";
import { LAYER } from "../graph";
import styles from "./EdgeLayer.module.css";
import type { Spot } from "./places";

interface Props {
  spot: Spot;
  onHover?(over: boolean): void;
}

export function PlusButton({ spot, onHover }: Props) {
  const { documents } = useSession();
  const items = FLOW_STATES.map(({ stateType, icon }) => ({
    title: stateType,
    icon: iconFor(icon),
    onSelect: () => void documents.insert(spot.place, { stateType }),
  }));
  return (
    <Menu items={[{ heading: spot.title }, ...items]}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Add a state: ${spot.title}`}
        className={styles.plus}
        style={{ left: spot.at.x, top: spot.at.y, zIndex: LAYER.card + 1 }}
        onPointerEnter={() => onHover?.(true)}
        onPointerLeave={() => onHover?.(false)}
      >
        <Plus size={12} strokeWidth={2} aria-hidden />
      </button>
    </Menu>
  );
}
