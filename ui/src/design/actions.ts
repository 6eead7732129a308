// Actions by name and icon name, as the items of a menu.
import { iconFor } from "./icons";
import type { MenuItem } from "./Menu";

type Described =
  | {
      title: string;
      icon?: string;
      keys?: string;
      checked?: boolean;
      disabled?: boolean;
      danger?: boolean;
      act(): void;
    }
  | { title: string; icon?: string; actions: Described[] }
  | "line";

export function menuItems(actions: Described[]): MenuItem[] {
  return actions.map((action): MenuItem => {
    if (action === "line") return "line";
    const icon = action.icon ? iconFor(action.icon) : undefined;
    if ("actions" in action) return { title: action.title, icon, items: menuItems(action.actions) };
    const { title, keys, checked, disabled, danger, act } = action;
    return { title, icon, keys, checked, disabled, danger, onSelect: act };
  });
}
