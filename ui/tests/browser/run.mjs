// Drives the page in a real browser, as a user would: each journey in a browser context, a copied project and a
// `stepwell studio` of its own. Builds nothing.
//
//   STEPWELL_BIN=…/stepwell  npm run test:browser [part of a journey's name …]
//   STEPWELL_SCREENSHOTS     where pictures go; without it target/screenshots
//   STEPWELL_CHROMIUM        the browser; without it /usr/bin/chromium
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { binary, REPOSITORY, say } from "./place.mjs";
import { World } from "./world.mjs";

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--hide-scrollbars",
];
const PICTURES = process.env.STEPWELL_SCREENSHOTS ?? join(REPOSITORY, "target/screenshots");

async function journeys(wanted) {
  const folder = join(import.meta.dirname, "journeys");
  const files = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  const all = [];
  for (const file of files.sort()) all.push(...(await import(join(folder, file))).default);
  return all.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
}

async function go(browser, journey) {
  const world = await World.create(browser, PICTURES);
  const begun = performance.now();
  try {
    await journey.go(world);
    await world.assertQuiet();
    say(`ok    ${journey.name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    say(`FAIL  ${journey.name}`);
    say(String(error.stack ?? error).replace(/^/gm, "      "));
    await world.confess(journey.name);
    return false;
  } finally {
    await world.end();
  }
}

binary();
const browser = await chromium.launch({
  executablePath: process.env.STEPWELL_CHROMIUM ?? "/usr/bin/chromium",
  headless: false, // the flag above says it in the new way
  args: FLAGS,
});
let passed = 0;
let failed = 0;
for (const journey of await journeys(process.argv.slice(2))) {
  if (await go(browser, journey)) passed += 1;
  else failed += 1;
}
await browser.close();
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
