// Measures the page in a real browser without a graphics card. Asserts nothing and builds nothing.
//
//   STEPWELL_BIN=…/stepwell  npm run bench [part of a measurement's name …]
//   STEPWELL_CHROMIUM        the browser; without it /usr/bin/chromium
import { rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { binary, say, until } from "../tests/browser/place.mjs";
import { Studio } from "../tests/browser/studio.mjs";
import { install, opened, pan } from "./probes.mjs";
import { makeProject } from "./project.mjs";

const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

const sorted = (numbers) => numbers.toSorted((a, b) => a - b);
const at = (numbers, share) =>
  sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
const median = (numbers) => at(numbers, 0.5);
const ms = (number) => `${number.toFixed(1)} ms`;
const row = (what, ...figures) => say(`${what.padEnd(46)} ${figures.join("   ")}`);

const workflow = (page, name) => page.locator(`aside button[title="${name}.asl.json"]`);

/** Opens the workflow several times; between them the small one. */
async function paint({ page }) {
  for (const [name, times] of [
    ["States1000", 9],
    ["States5000", 5],
  ]) {
    const taken = [];
    for (let time = 0; time < times; time += 1) {
      await page.evaluate(opened, "Small");
      taken.push(await page.evaluate(opened, name));
      await page.reload();
      await workflow(page, "Small").waitFor();
    }
    row(`${name}: click to painted`, `median ${ms(median(taken))}`, `best ${ms(Math.min(...taken))}`);
  }
}

/** Zoom steps of a fifth from 100 %: outwards below 0. */
const ZOOMS = [3, 0, -5, -6, -9, "Fit"];

async function panning({ page }) {
  for (const name of ["States1000", "Branches1000", "States5000"]) {
    await page.evaluate(opened, name);
    for (const zoom of ZOOMS) {
      await page.keyboard.press("Escape");
      await page.getByTitle("Back to 100 % (0)").click();
      const button = zoom === "Fit" ? "Fit" : zoom > 0 ? "Zoom in" : "Zoom out";
      for (let step = 0; step < (zoom === "Fit" ? 1 : Math.abs(zoom)); step += 1) {
        await page.getByRole("button", { name: button, exact: true }).click();
      }
      await page.waitForTimeout(600);
      const percent = await page.getByTitle("Back to 100 % (0)").textContent();
      const cards = await page.locator("[data-state-name]").count();
      const gaps = await page.evaluate(pan, 3_000);
      const rate = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
      row(
        `${name}: pan at ${percent}, ${cards || "overview instead of"} cards`,
        `${rate.toFixed(1)} frames/s`,
        `p95 ${ms(at(gaps, 0.95))}`,
        `longest ${ms(Math.max(...gaps))}`,
      );
    }
  }
}

async function typing({ page }) {
  await page.evaluate(opened, "Megabyte");
  for (const view of ["Code", "Split"]) {
    await page.getByRole("radio", { name: view }).click();
    const line = page.locator(".cm-line", { hasText: "Does step 1." }).first();
    await line.click();
    await page.keyboard.press("End");
    for (const _ of '",') await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(1_000);
    await page.evaluate(() => {
      window.probe.keys.length = 0;
      window.probe.watch();
    });
    for (let key = 0; key < 120; key += 1) {
      await page.keyboard.press("abcdefghij"[key % 10]);
      await page.waitForTimeout(60);
    }
    await page.waitForTimeout(500);
    const keys = await page.evaluate(() => window.probe.keys);
    const gaps = await page.evaluate(() => window.probe.frames());
    row(
      `1 MB in ${view}: key to paint (${keys.length} keys)`,
      `median ${ms(median(keys))}`,
      `p95 ${ms(at(keys, 0.95))}`,
      `longest ${ms(Math.max(...keys))}`,
      `longest frame ${ms(Math.max(...gaps))}`,
    );
  }
  await page.getByRole("radio", { name: "Design" }).click();
}

/** Runs the workflow in front and waits until the core says that the run has ended. */
async function runOnce({ page, studio }, before) {
  // Waits until the page, too, has heard that the run before has ended.
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Control+Enter");
  return until(
    "the run ends",
    async () => {
      const { runs } = await studio.call("run.list", { workflow: null, limit: 1 });
      const ended = runs[0] && runs[0].execution !== before && runs[0].ended !== null;
      return ended ? runs[0].execution : null;
    },
    120,
  );
}

async function running(world) {
  const { page, studio } = world;
  await workflow(page, "Loop").click();
  await page.locator('[data-state-name="Add"]').waitFor();
  await page.evaluate(() => window.probe.watch());
  const begun = performance.now();
  const execution = await runOnce(world, null);
  const took = performance.now() - begun;
  await page.locator('[data-state-name="Done"][data-status="succeeded"]').waitFor();
  await page.waitForTimeout(500);
  const gaps = await page.evaluate(() => window.probe.frames());
  const { transitions } = await studio.call("run.get", { execution });
  row(
    `a run of ${transitions} transitions in ${(took / 1000).toFixed(1)} s`,
    `longest frame gap ${ms(Math.max(...gaps))}`,
    `p99 ${ms(at(gaps, 0.99))}`,
  );
}

async function heap(world) {
  const { page, context } = world;
  const inspector = await context.newCDPSession(page);
  const used = async () => {
    for (const _ of [1, 2, 3]) await inspector.send("HeapProfiler.collectGarbage");
    return (await inspector.send("Runtime.getHeapUsage")).usedSize / 1e6;
  };
  await workflow(page, "Small").click();
  await page.locator('[data-state-name="Step 1"]').waitFor();
  const marks = [];
  let last = null;
  for (let run = 1; run <= 1_000; run += 1) {
    last = await runOnce(world, last);
    if (run === 100 || run === 1_000) marks.push(await used());
  }
  const [early, late] = marks;
  row(
    "page heap after 100 and after 1,000 runs",
    `${early.toFixed(1)} MB`,
    `${late.toFixed(1)} MB`,
    `${(100 * (late / early - 1)).toFixed(1)} % more`,
  );
}

const MEASUREMENTS = { paint, pan: panning, typing, run: running, heap };

async function measure(browser, name) {
  const folder = makeProject();
  const studio = await Studio.start({ folder, configuration: join(folder, ".configuration") });
  await studio.call("project.trust", { trusted: true });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  try {
    const page = await context.newPage();
    await page.addInitScript(install);
    await page.goto(studio.url);
    await workflow(page, "Small").waitFor();
    await MEASUREMENTS[name]({ page, context, studio });
  } finally {
    await context.close();
    await studio.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

binary();
const wanted = process.argv.slice(2);
const names = Object.keys(MEASUREMENTS).filter(
  (name) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
const browser = await chromium.launch({
  executablePath: process.env.STEPWELL_CHROMIUM ?? "/usr/bin/chromium",
  headless: false, // the flag above says it in the new way
  args: FLAGS,
});
say(`Chromium ${browser.version()}, 1440 × 900, drawn in software`);
for (const name of names) {
  say(`${name}, at a load of ${loadavg()[0].toFixed(1)}`);
  await measure(browser, name);
}
await browser.close();
