// The whole window around one session.
import { TooltipProvider } from "../design/Tooltip";
import { SessionContext } from "../session/hooks";
import type { Session } from "../session/session";
import type { ThemeFollower } from "../session/theme";
import { Window } from "./Window";

export function App({ session }: { session: Session; theme: ThemeFollower }) {
  return (
    <SessionContext.Provider value={session}>
      <TooltipProvider>
        <Window />
      </TooltipProvider>
    </SessionContext.Provider>
  );
}
