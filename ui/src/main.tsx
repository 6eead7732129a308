// The page begins: pick the shell, start the session, draw.
import { createRoot } from "react-dom/client";
import "./design/base.css";
import { Session } from "./session/session";
import { ThemeFollower } from "./session/theme";
import { App } from "./shell/App";
import { connect } from "./transport/connect";

async function begin(root: HTMLElement): Promise<void> {
  const theme = new ThemeFollower(window);
  const session = new Session(await connect(window));
  session.start();
  createRoot(root).render(<App session={session} theme={theme} />);
}

const root = document.getElementById("root");
if (root) void begin(root);
