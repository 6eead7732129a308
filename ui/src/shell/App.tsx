// The whole window around one session: what is shown depends on whether there is a core, and a project.
import { useEffect } from "react";
import { TooltipProvider } from "../design/Tooltip";
import { SessionContext, useSession, useSignal } from "../session/hooks";
import type { Session } from "../session/session";
import type { ThemeFollower } from "../session/theme";
import { Dialogs } from "./dialogs/Dialogs";
import { Toasts } from "./Toasts";
import { ThemeContext } from "./themeContext";
import { useShortcuts } from "./useShortcuts";
import { Window } from "./Window";
import { Connecting } from "./welcome/Connecting";
import { Unauthorised } from "./welcome/Unauthorised";
import { Welcome } from "./welcome/Welcome";

export function App({ session, theme }: { session: Session; theme: ThemeFollower }) {
  return (
    <SessionContext.Provider value={session}>
      <ThemeContext.Provider value={theme}>
        <TooltipProvider>
          <Page />
          <Dialogs />
          <Toasts />
        </TooltipProvider>
      </ThemeContext.Provider>
    </SessionContext.Provider>
  );
}

function Page() {
  const session = useSession();
  const connection = useSignal(session.connection);
  const project = useSignal(session.project.state);
  useShortcuts();
  const name = project.kind === "open" ? project.project.name : null;
  useEffect(() => {
    document.title = name ? `${name} · Stepwell` : "Stepwell";
  }, [name]);
  if (connection === "unauthorised") return <Unauthorised />;
  if (project.kind === "loading") return <Connecting lost={connection === "offline"} />;
  if (project.kind === "none") return <Welcome />;
  return <Window project={project.project} />;
}
