// A `stepwell studio` process: started, asked directly, ended, or killed as a crash would.
import { spawn } from "node:child_process";
import { binary, sleep } from "./place.mjs";

/** JSON text without what no two runs share: moments, made-up ids, the name of the execution. */
const settled = (text) =>
  text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)/g, "(time)")
    .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g, "(time)")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "(id)")
    .replace(/Root=1-[^"\\]*/g, "(trace)")
    .replace(/\d{8}-\d{6}-[0-9a-f]{4}/g, "(execution)");

export class Studio {
  /** Starts one, on a folder or on nothing, and waits for the address that it prints. */
  static async start({ folder, configuration, unprivileged = false }) {
    const args = ["studio", ...(folder ? [folder] : []), "--port", "0"];
    // The superuser may write everywhere, unless it gives up the right to: what is read-only is so for it, too.
    const [program, ...before] =
      unprivileged && process.getuid?.() === 0
        ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", binary()]
        : [binary()];
    const child = spawn(program, [...before, ...args], {
      env: { ...process.env, STEPWELL_CONFIG_DIR: configuration },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const url = await new Promise((found, failed) => {
      const timer = setTimeout(() => failed(new Error(`the studio printed no address: ${said}`)), 20_000);
      const hear = (chunk) => {
        said += chunk;
        const match = said.match(/http:\/\/\S+#token=[0-9a-f]+/);
        if (!match) return;
        clearTimeout(timer);
        found(match[0]);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", (code) => failed(new Error(`the studio ended with ${code}: ${said}`)));
    });
    return new Studio(child, url);
  }

  constructor(child, url) {
    this.child = child;
    this.url = url;
    this.origin = new URL(url).origin;
    this.token = new URL(url).hash.slice("#token=".length);
  }

  /** Asks the core itself, as the page does. */
  async call(method, params = {}) {
    const answer = await fetch(`${this.origin}/api/call`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ method, params }),
    });
    const body = await answer.json();
    if (body.error) throw new Error(`${method}: ${body.error.code}: ${body.error.message}`);
    return body.result;
  }

  /**
   * The whole history of a run, so that two runs can be compared: each event with its data and the event that led to it.
   * What no two runs share is left out: moments, made-up ids, and which iteration of a Map came first.
   */
  async history(execution) {
    const { rows } = await this.call("run.events", { execution, from: 0, limit: 1000 });
    const names = new Map(rows.map(({ id, eventType, state }) => [id, `${eventType} ${state ?? ""}`]));
    const told = [];
    for (const { id, previous, eventType } of rows) {
      const { text } = await this.call("run.event", { execution, event: id });
      const { id: _, previousEventId, timestamp, ...event } = JSON.parse(text);
      const after = eventType.startsWith("Map") ? "" : names.get(previous);
      told.push(`${settled(JSON.stringify(event))} after ${after ?? "nothing"}`);
    }
    return told.sort();
  }

  /** Ends it as a power cut would. */
  kill() {
    return this.end("SIGKILL");
  }

  async end(signal = "SIGTERM") {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill(signal);
    const ended = await Promise.race([gone.then(() => true), sleep(8_000)]);
    if (!ended) this.child.kill("SIGKILL");
  }
}
