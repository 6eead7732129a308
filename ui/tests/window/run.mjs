// The first and the third journey in the real window. Builds nothing, needs a screen (`xvfb-run` makes one).
//
//   STEPWELL_DESKTOP_BIN=…/stepwell-desktop  npm run test:window
//   STEPWELL_SCREENSHOTS     where pictures go; without it target/screenshots
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY, same, say, until } from "../browser/place.mjs";
import { WATCH } from "../browser/watch.mjs";
import { Window } from "./driver.mjs";

const APP = process.env.STEPWELL_DESKTOP_BIN;
const PICTURES = process.env.STEPWELL_SCREENSHOTS ?? join(REPOSITORY, "target/screenshots");
const DIALOG = '//*[@role="dialog"]';
const [F9, CONTROL] = ["\uE039", "\uE009"];

async function start(window, how, event) {
  await window.button("Fit");
  await window.button(how, "//header");
  await window.click(`${DIALOG}//*[@role="option"][normalize-space()="${event}"]`);
  await window.button(how, DIALOG);
  await window.button("Trust and run", DIALOG);
}

const select = (window, name) => window.click(`//*[@data-state-name="${name}"]`);

async function run(window) {
  await window.find('//*[@data-state-name="Price order"]');
  await window.run(WATCH);
  await start(window, "Run", "in-stock");
  await window.stands("Done", "succeeded");
  const seen = await window.run(() => globalThis.seen);
  for (const state of ["Price order", "In stock?", "Fulfil", "Wait for courier", "Done"]) {
    same(`${state} was seen to go through`, seen[state]?.at(-1), "succeeded");
  }
  same("a function was seen at work", seen["Price order"].includes("running"), true);
  same("a wait was seen", seen["Wait for courier"].includes("waiting"), true);
  same("the other path", await window.status("Back order"), null);
  await select(window, "Price order");
  await window.click('//*[@role="tab"][normalize-space()="Data"]');
  for (const [stage, word] of [
    ["input", "A-1001"],
    ["output", "available"],
  ]) {
    await window.stage(stage);
    await until(`the ${stage} says ${word}`, () =>
      window.run(
        (stage, word) =>
          document.querySelector(`[data-stage="${stage}"]`)?.textContent.includes(word) ?? false,
        stage,
        word,
      ),
    );
  }
  await window.picture(join(PICTURES, "window-run.png"));
}

async function debug(window) {
  await window.find('//*[@data-state-name="In stock?"]');
  await select(window, "In stock?");
  await window.keys(F9);
  await window.find('//button[@aria-label="Breakpoint on In stock?"][@aria-pressed="true"]');
  await start(window, "Debug", "in-stock");
  await window.stands("In stock?", "paused");
  await window.button("Step over");
  await window.stands("In stock?", "succeeded");
  await window.button("Step back");
  await window.stands("In stock?", "paused");
  const input = '//*[@data-stage="input"]';
  await window.button("Edit", input);
  await window.find(`${input}//*[contains(@class,"cm-content")]`);
  // By script: the middle of a long text lies outside what can be seen of it, where no click can go.
  await window.run(() => document.querySelector('[data-stage="input"] .cm-content').focus());
  await window.keys([CONTROL, "a"]);
  // In one piece, as a paste would: key by key, the editor would close each bracket.
  await window.run((text) => document.execCommand("insertText", false, text), JSON.stringify(WITHOUT_STOCK));
  await window.button("Apply", input);
  await window.click('//*[@role="tab"][normalize-space()="Runs"]');
  await window.find('//*[starts-with(@aria-label, "Fork of")]');
  await window.button("Continue");
  await window.stands("Done", "succeeded");
  same("the other path", await window.status("Back order"), "succeeded");
  // The data shown is asked for again when the run has moved on; a picture taken before would show it held.
  await until("the data is that of the end", () =>
    window.run(() => !document.querySelector('[aria-label="Selected state"]').textContent.includes("Paused")),
  );
  await window.picture(join(PICTURES, "window-fork.png"));
}

/** An order as it comes to "In stock?", of which nothing is there. */
const WITHOUT_STOCK = {
  orderId: "A-1001",
  customer: { name: "Asha Rao", email: "asha@example.com" },
  quote: { qty: 7, stock: 0 },
};

const JOURNEYS = [
  { name: "1 run with an event and read a state's data", go: run },
  { name: "3 stop, step, step back, edit, fork", go: debug },
];

async function go({ name, go: journey }) {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-window-"));
  const project = join(folder, "order-fulfilment");
  const filter = (path) => !path.includes(".stepwell");
  cpSync(join(REPOSITORY, "examples/order-fulfilment"), project, { recursive: true, filter });
  let window = null;
  try {
    const environment = { STEPWELL_CONFIG_DIR: join(folder, "configuration") };
    window = await Window.open({ app: APP, folder: project, environment });
    await journey(window);
    say(`ok    ${name}`);
    return true;
  } catch (error) {
    say(`FAIL  ${name}`);
    say(String(error.stack ?? error).replace(/^/gm, "      "));
    await window?.picture(join(PICTURES, `failed-window-${name[0]}.png`)).catch(() => {});
    return false;
  } finally {
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!APP || !existsSync(APP)) {
  say("STEPWELL_DESKTOP_BIN must be the path of the built desktop app.");
  process.exit(2);
}
if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  say("There is no screen: run this under xvfb-run.");
  process.exit(2);
}
mkdirSync(PICTURES, { recursive: true });
let passed = 0;
for (const journey of JOURNEYS) if (await go(journey)) passed += 1;
say(`${passed} passed, ${JOURNEYS.length - passed} failed`);
process.exit(passed === JOURNEYS.length ? 0 : 1);
