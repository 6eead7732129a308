// A small WebDriver client for the real window: WebKitWebDriver starts the app and drives its page.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { sleep, until } from "../browser/place.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export class Window {
  /** Starts the driver, and through it the app on a folder. */
  static async open({ app, folder, environment }) {
    const port = await freePort();
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: { ...process.env, ...environment, TAURI_WEBVIEW_AUTOMATION: "true" },
      stdio: "ignore",
    });
    const window = new Window(driver, `http://127.0.0.1:${port}`, app, folder);
    await until("the driver listens", () => window.ask("GET", "/status").catch(() => null));
    const wanted = { "webkitgtk:browserOptions": { binary: app, args: [folder] } };
    const { sessionId } = await window.ask("POST", "/session", { capabilities: { alwaysMatch: wanted } });
    window.session = `/session/${sessionId}`;
    return window;
  }

  constructor(driver, address, app, folder) {
    this.driver = driver;
    this.address = address;
    this.app = app;
    this.folder = folder;
    this.session = null;
  }

  async ask(method, path, body) {
    const answer = await fetch(this.address + path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  /** Runs a function in the page. */
  run(act, ...args) {
    return this.ask("POST", `${this.session}/execute/sync`, {
      script: `return (${act}).apply(null, arguments)`,
      args,
    });
  }

  /** The first element that an XPath finds, once it is there. */
  find(xpath, seconds = 20) {
    return until(
      xpath,
      () =>
        this.ask("POST", `${this.session}/element`, { using: "xpath", value: xpath })
          .then((found) => found[ELEMENT])
          .catch(() => null),
      seconds,
    );
  }

  async click(xpath) {
    const element = await this.find(xpath);
    await until(`a click on ${xpath}`, () =>
      this.ask("POST", `${this.session}/element/${element}/click`, {}).then(
        () => true,
        () => false,
      ),
    );
  }

  /** Presses keys, one after the other; held down together where an array is given. */
  async keys(...presses) {
    const actions = presses.flatMap((press) => {
      const keys = [press].flat();
      const down = keys.map((value) => ({ type: "keyDown", value }));
      return [...down, ...keys.toReversed().map((value) => ({ type: "keyUp", value }))];
    });
    await this.ask("POST", `${this.session}/actions`, {
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }

  button(name, within = "") {
    return this.click(`${within}//button[@aria-label="${name}" or normalize-space()="${name}"]`);
  }

  status(state) {
    return this.run(
      (name) =>
        [...document.querySelectorAll("[data-state-name]")]
          .find((node) => node.dataset.stateName === name)
          ?.getAttribute("data-status") ?? null,
      state,
    );
  }

  stands(state, status) {
    return until(`${state} is ${status}`, async () => (await this.status(state)) === status, 60);
  }

  /** Opens a stage in the Data tab. */
  async stage(name) {
    const toggle = `//*[@data-stage="${name}"]//button[@aria-expanded]`;
    await this.find(toggle);
    const open = await this.run(
      (stage) =>
        document
          .querySelector(`[data-stage="${stage}"] button[aria-expanded]`)
          ?.getAttribute("aria-expanded"),
      name,
    );
    if (open === "false") await this.click(toggle);
  }

  async picture(path) {
    const image = await this.ask("GET", `${this.session}/screenshot`);
    writeFileSync(path, Buffer.from(image, "base64"));
  }

  /** Ends the session, the driver, and the app, which outlives both. */
  async close() {
    const apps = processes(this.app, this.folder);
    if (this.session) await this.ask("DELETE", this.session).catch(() => {});
    this.driver.kill();
    await sleep(300);
    for (const id of apps) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
  }
}

/** Ids of the app's own processes on this folder. */
function processes(app, folder) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        const [program, argument] = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
        return program === app && argument === folder;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
