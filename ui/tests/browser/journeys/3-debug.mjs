// Stop at a breakpoint, step over, step back, change the input, go on as a fork that takes the other path.
import { holds, same, until } from "../place.mjs";

async function debug(world) {
  world.project();
  const studio = await world.open();
  const { page } = world;
  await world.state("In stock?").click();
  await page.keyboard.press("F9");
  await until(
    "the breakpoint is set",
    async () =>
      (await world.page.getByLabel("Breakpoint on In stock?").getAttribute("aria-pressed")) === "true",
  );
  await world.start("Debug", "in-stock");
  await world.stands("In stock?", "paused");
  await world.picture("06-paused-at-breakpoint");
  const [parent] = (await studio.call("run.list", { workflow: null, limit: 10 })).runs;
  const before = await studio.history(parent.execution);

  await world.button("Step over").click();
  await until("it moved on", async () => (await world.status("In stock?")) === "succeeded");
  await world.button("Step back").click();
  await world.stands("In stock?", "paused");
  await page.getByText("You are looking at the past").waitFor();
  await world.picture("07-stepped-back");

  const input = page.locator("[data-stage=input]");
  if ((await input.getByRole("button").first().getAttribute("aria-expanded")) === "false") {
    await input.getByRole("button").first().click();
  }
  await input.getByRole("button", { name: "Edit" }).click();
  const text = JSON.parse((await value(studio, parent.execution)).text);
  text.quote.stock = 0;
  const editor = input.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(JSON.stringify(text, null, 2));
  await world.picture("08-edit-the-input");
  await input.getByRole("button", { name: /^(Apply|Save|Set|Use)/ }).click();
  await until("a fork came of it", async () =>
    (await studio.call("run.list", { workflow: null, limit: 10 })).runs.some(
      (run) => run.parent === parent.execution,
    ),
  );
  await world.button("Continue").click();
  await world.stands("Done", "succeeded");
  same("the other path", await world.status("Back order"), "succeeded");
  holds("the first path is not taken", [null, "idle"].includes(await world.status("Fulfil")));
  await page.getByRole("tab", { name: "Runs" }).click();
  const [fork] = (await studio.call("run.list", { workflow: null, limit: 10 })).runs;
  const after = await studio.history(parent.execution);
  // The step over was the parent's own; what it had written before stays, and what the fork did is the fork's.
  holds(
    "the parent's history stays",
    before.every((event) => after.includes(event)),
  );
  holds("the parent never ended", !after.some((event) => event.includes("ExecutionSucceeded")));
  const called = (await studio.call("run.log", { execution: fork.execution, from: 0, limit: 1000 })).lines;
  same("functions that the fork called", called.filter((line) => line.text.startsWith("START")).length, 0);
  same("the parent and its fork", await page.getByLabel(`Fork of ${parent.execution}`).count(), 1);
  await world.picture("09-fork-took-the-other-path");
}

/** What the README shows: a branch held at a breakpoint while the other has gone on. */
async function show(world) {
  world.project();
  await world.open();
  await world.state("Record payment").click();
  await world.page.keyboard.press("F9");
  await world.start("Debug", "in-stock");
  await world.stands("Record payment", "paused");
  await world.page
    .getByRole("complementary", { name: "Selected state" })
    .getByText("A-1001")
    .first()
    .waitFor();
  await world.page.mouse.move(720, 20);
  await world.picture("main");
}

async function value(studio, execution) {
  const { data } = await studio.call("run.data", { execution, state: "In stock?" });
  return data.stages[0].value;
}

export default [
  { name: "3 stop, step, step back, edit, fork", go: debug },
  { name: "3 held in one branch", go: show },
];
