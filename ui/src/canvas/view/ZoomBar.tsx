// Zoom, bottom left: out, back to 100 %, in, fit.
import { useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "../../design/Button";
import styles from "./ZoomBar.module.css";

interface Props {
  onZoom(by: "in" | "out" | "reset" | "fit"): void;
}

export function ZoomBar({ onZoom }: Props) {
  const percent = useStore((flow) => Math.round(flow.transform[2] * 100));
  return (
    <div className={styles.bar} role="toolbar" aria-label="Zoom">
      <IconButton icon={Minus} label="Zoom out" keys="−" side="top" onClick={() => onZoom("out")} />
      <button
        type="button"
        className={styles.amount}
        title="Back to 100 % (0)"
        onClick={() => onZoom("reset")}
      >
        {percent} %
      </button>
      <IconButton icon={Plus} label="Zoom in" keys="+" side="top" onClick={() => onZoom("in")} />
      <IconButton icon={Maximize} label="Fit" keys="1" side="top" onClick={() => onZoom("fit")} />
    </div>
  );
}
