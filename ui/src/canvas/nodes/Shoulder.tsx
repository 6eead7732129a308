// The status pill: an icon and a number, so that a glance over the canvas reads the run.
import { StatusPill } from "../../design/Status";
import type { NodeView } from "./Frame";

export function Shoulder({ node, className }: { node: NodeView; className?: string }) {
  const { run, pill } = node;
  if (!run || run.status === "idle") return null;
  return (
    <span className={className} title={run.error ?? undefined}>
      <StatusPill status={run.status}>{pill}</StatusPill>
    </span>
  );
}
