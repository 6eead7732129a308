// Where things are, and how the runner speaks.
import { existsSync } from "node:fs";
import { resolve } from "node:path";

export const REPOSITORY = resolve(import.meta.dirname, "../../..");

/** The program under test. */
export function binary() {
  const path = process.env.STEPWELL_BIN;
  if (!path || !existsSync(path)) {
    say(`STEPWELL_BIN is ${path ? `${path}, which does not exist` : "not set"}: build the program with`);
    say("`cargo build`, the page with `npm run build`, and say where the program is.");
    process.exit(2);
  }
  return path;
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks until the answer is truthy, and returns it. `what` is said when it never is. */
export async function until(what, ask, seconds = 20) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await sleep(50);
  }
}

/** Throws what was found and what was expected, as JSON. */
export function same(what, found, expected) {
  const [a, b] = [JSON.stringify(found, null, 1), JSON.stringify(expected, null, 1)];
  if (a !== b) throw new Error(`${what}\n  found    ${a}\n  expected ${b}`);
}

export function holds(what, condition) {
  if (!condition) throw new Error(what);
}
