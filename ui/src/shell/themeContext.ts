// The theme that the window follows, for what has to know it by name.
import { createContext, useContext } from "react";
import { useSignal } from "../session/hooks";
import type { Theme, ThemeFollower } from "../session/theme";

export const ThemeContext = createContext<ThemeFollower | null>(null);

export function useTheme(): Theme {
  const follower = useContext(ThemeContext);
  if (!follower) throw new Error("No theme around this component.");
  return useSignal(follower.theme);
}
