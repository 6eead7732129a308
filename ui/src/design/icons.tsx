// The icons of what states do, by the names that the core gives them.
import {
  Activity,
  ArrowLeftRight,
  CircleCheck,
  CircleHelp,
  CircleX,
  Columns3,
  GitBranch,
  Globe,
  type LucideIcon,
  Repeat,
  SquareFunction,
  Timer,
} from "lucide-react";

const ICONS: Record<string, LucideIcon> = {
  function: SquareFunction,
  choice: GitBranch,
  parallel: Columns3,
  map: Repeat,
  pass: ArrowLeftRight,
  wait: Timer,
  succeed: CircleCheck,
  fail: CircleX,
  activity: Activity,
  service: Globe,
};

export function iconFor(name: string): LucideIcon {
  return ICONS[name] ?? CircleHelp;
}

export function Icon({ name, size = 16 }: { name: string; size?: number }) {
  const Drawn = iconFor(name);
  return <Drawn size={size} strokeWidth={1.75} aria-hidden />;
}
