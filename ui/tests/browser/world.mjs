// What a journey stands on: a folder for it alone, a studio, a browser's page; and what is left when it fails.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holds, REPOSITORY, say, until } from "./place.mjs";
import { Studio } from "./studio.mjs";

const REFUSED = /status of 400 \(Bad Request\)/;

/** What was asked, and why it was refused: `document.edit document.edit …`. */
async function refusal(response) {
  const call = response.request().postDataJSON() ?? {};
  const { error } = await response.json().catch(() => ({}));
  return `${call.method} ${error?.code} ${error?.message} ${JSON.stringify(call.params)}`;
}

export const SIZE = { width: 1440, height: 900 };

export class World {
  static async create(browser, pictures) {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: "light", locale: "en-GB" });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    return new World(context, page, pictures);
  }

  constructor(context, page, pictures) {
    this.context = context;
    this.page = page;
    this.pictures = pictures;
    this.folder = mkdtempSync(join(tmpdir(), "stepwell-journey-"));
    this.configuration = join(this.folder, "configuration");
    this.studios = [];
    this.console = [];
    this.faults = [];
    /** Faults that a journey brings about by itself. */
    this.expected = [];
    /** Calls that the core refuses because a journey makes the page ask for the impossible: method and code. */
    this.refusals = [];
    this.refused = [];
    this.watch(page);
  }

  /** Notes what a page complains of, and what it asks for in vain. */
  watch(page) {
    page.on("console", (message) => {
      this.console.push(`${message.type()}: ${message.text()}`);
      // Said of each refused call, without which one it was: those are noted below.
      const ofCall = REFUSED.test(message.text());
      if (message.type() === "error" && !ofCall) this.faults.push(message.text());
    });
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("response", (response) => {
      if (response.status() === 400) this.refused.push(refusal(response));
    });
  }

  /** Another page of the same person, on the same studio or another one. */
  async another() {
    const page = await this.context.newPage();
    page.setDefaultTimeout(10_000);
    this.watch(page);
    return page;
  }

  /** Copies an example, and makes it a repository with one commit. */
  project(name = "order-fulfilment") {
    const to = join(this.folder, name);
    cpSync(join(REPOSITORY, "examples", name), to, {
      recursive: true,
      filter: (path) => !path.includes(".stepwell"),
    });
    this.root = to;
    this.git("init", "--quiet");
    this.git("add", "--all");
    this.git("-c", "user.name=J", "-c", "user.email=j@example.com", "commit", "--quiet", "-m", "Begin");
    return to;
  }

  git(...args) {
    const done = spawnSync("git", args, { cwd: this.root, encoding: "utf8" });
    holds(`git ${args.join(" ")}: ${done.stderr}`, done.status === 0);
    return done.stdout;
  }

  /** Lines that the working copy takes away and adds. */
  diff() {
    return this.git("diff", "--unified=0")
      .split("\n")
      .filter((line) => /^[+-](?![+-]{2})/.test(line));
  }

  path(name) {
    return join(this.root, name);
  }

  read(name) {
    return readFileSync(this.path(name), "utf8");
  }

  /** Changes a file as another program would. */
  rewrite(name, from, to) {
    const text = this.read(name);
    holds(`${name} has no ${from}`, text.includes(from));
    writeFileSync(this.path(name), text.replace(from, to));
  }

  async studio(folder = this.root, how = {}) {
    const studio = await Studio.start({ folder, configuration: this.configuration, ...how });
    this.studios.push(studio);
    return studio;
  }

  /** Starts a studio on the project and opens its page. */
  async open(folder = this.root, how = {}) {
    const studio = await this.studio(folder, how);
    await this.page.goto(studio.url);
    return studio;
  }

  /** The node of a state on the canvas. */
  state(name) {
    return this.page.locator(`[data-state-name=${JSON.stringify(name)}]`);
  }

  status(name) {
    return this.state(name)
      .getAttribute("data-status", { timeout: 2_000 })
      .catch(() => null);
  }

  /** Waits until a state's node shows one of these. */
  stands(name, ...statuses) {
    return until(
      `${name} is ${statuses.join(" or ")}`,
      async () => statuses.includes(await this.status(name)),
      40,
    );
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  tab(name) {
    return this.page.getByRole("tab", { name, exact: false });
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }

  /** Brings all of the drawing into sight: only what is in sight has nodes, and the first look is as near as can be read. */
  async fit() {
    await this.button("Fit").click();
  }

  /** Runs with an event file, from the top bar; says yes to the question of trust where it comes. */
  async start(how, event, { trust = true } = {}) {
    await this.fit();
    await this.button(how).click();
    await this.dialog.getByRole("option", { name: event, exact: true }).click();
    await this.dialog.getByRole("button", { name: how, exact: true }).click();
    if (trust) await this.button("Trust and run").click();
  }

  /** A picture of the page, light and dark. */
  async picture(name) {
    mkdirSync(this.pictures, { recursive: true });
    for (const colorScheme of ["dark", "light"]) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await this.page.waitForTimeout(450);
      await this.page.screenshot({ path: join(this.pictures, `${name}-${colorScheme}.png`) });
    }
  }

  /** Nothing went wrong but what the journey brought about: the page asks only for what is there. */
  async assertQuiet() {
    const loud = this.faults.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
    holds(`the page complained: ${loud.join("\n")}`, loud.length === 0);
    const asked = await Promise.all(this.refused);
    const vain = asked.filter((refused) => !this.refusals.some((known) => refused.startsWith(known)));
    holds(`the page asked in vain:\n${vain.join("\n")}`, vain.length === 0);
  }

  /** Leaves a picture and the console of a journey that failed. */
  async confess(name) {
    const stem = join(this.pictures, `failed-${name.replace(/\W+/g, "-")}`);
    mkdirSync(this.pictures, { recursive: true });
    await this.page.screenshot({ path: `${stem}.png` }).catch(() => {});
    writeFileSync(`${stem}.txt`, this.console.concat(this.faults).join("\n"));
    say(`      see ${stem}.png and .txt`);
  }

  async end() {
    await this.context.close();
    for (const studio of this.studios) await studio.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
