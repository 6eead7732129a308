// What a debugger shows of a moment, and how the window is found one's way in: frames, variables, console, watches,
// attempts, iterations, the palette, the list of runs; and the window when it is small.
import { holds, same, until } from "../place.mjs";

async function stackAndWatches(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Reserve line").click();
  await page.keyboard.press("F9");
  await world.start("Debug", "in-stock");
  await world.stands("Reserve line", "paused");

  await page.getByRole("tab", { name: "Frames" }).click();
  const frames = page.getByRole("listbox", { name: "Frames" });
  await frames.getByText("stands here").waitFor();
  await frames.getByText("Branch 0 of Fulfil").waitFor();
  same("the branches, the iterations and what is around them", await frames.getByRole("option").count(), 5);
  await page.getByLabel("Uncaught errors").check();
  await world.picture("22-frames");
  await frames.getByRole("option", { name: /Iteration 1 of Reserve each line/ }).click();
  await page.getByRole("button", { name: "Iteration 1 of 4" }).waitFor();

  const watch = page.getByLabel("Watch an expression");
  for (const expression of ["$.number", "$$.Map.Item.Index", "$.nowhere"]) {
    await watch.fill(expression);
    await watch.press("Enter");
  }
  const watches = page.getByRole("region", { name: "Watch" });
  await watches.getByText(/^2$/).waitFor();
  await page.getByRole("button", { name: "Iteration 1 of 4" }).click();
  await page.getByRole("menuitem", { name: /Iteration 0/ }).click();
  await page.getByRole("button", { name: "Iteration 0 of 4" }).waitFor();
  await watches.getByText(/^1$/).waitFor();

  await page.getByRole("tab", { name: "Variables" }).click();
  const context = page.getByRole("region", { name: "Context object" });
  await context.getByRole("button", { name: /^Execution/ }).click();
  await context.getByText("RedriveCount").or(context.getByText("StartTime")).first().waitFor();
  await world.picture("23-variables");

  await page.getByRole("tab", { name: "Console" }).click();
  const line = page.getByLabel("Evaluate an expression");
  await line.fill("States.Format('{} of {}', $.line.quantity, $.line.sku)");
  await line.press("Enter");
  await page.getByText("1 of LAMP-01").first().waitFor();
  await line.fill("$.nowhere.at.all");
  await line.press("Enter");
  await line.press("ArrowUp");
  same("what was asked comes back", await line.inputValue(), "$.nowhere.at.all");
  await world.picture("24-console");
}

async function attempts(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Record payment").click();
  await page.keyboard.press("F9");
  await world.start("Debug", "payment-timeout");
  await world.stands("Record payment", "paused");
  const rows = page.getByRole("listbox", { name: "Visits of states" });
  await rows.getByText("Charge card · 2").click();
  await page.getByText("Attempt 2 of 2").waitFor();
  await page.getByRole("button", { name: "Previous attempt" }).click();
  await page.getByText(/Attempt 1 of 2/).waitFor();
  const error = page.getByRole("region", { name: "Error" });
  await error.getByText("PaymentTimeout").first().waitFor();
  await world.picture("25-attempts");
  const slider = page.getByRole("slider", { name: "Moment shown" });
  await slider.focus();
  await slider.press("Home");
  await page.getByText("You are looking at the past").waitFor();
  holds("the first state is not left yet", (await world.status("In stock?")) === null);
  await slider.press("End");
  await until("the present is back", async () => (await world.status("Record payment")) === "paused");
}

async function palette(world) {
  world.project();
  const studio = await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await page.keyboard.press("Control+f");
  await page.getByRole("combobox").fill("refund");
  await world.picture("26-find-a-state");
  await page.keyboard.press("Enter");
  await until(
    "it is selected",
    async () => (await world.state("Refund").getAttribute("aria-pressed")) === "true",
  );
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("show runs");
  await page.keyboard.press("Enter");
  await page.getByText("No runs yet").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("debug");
  await page.keyboard.press("Enter");
  await world.dialog.getByRole("option", { name: "empty-order", exact: true }).click();
  await world.dialog.getByRole("button", { name: "Debug", exact: true }).click();
  await world.button("Trust and run").click();
  await world.stands("Order rejected", "failed");
  await page.getByRole("button", { name: /^More for the run of/ }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByText("No runs yet").waitFor();
  same("and its record is gone", (await studio.call("run.list", { workflow: null, limit: 10 })).runs, []);
}

async function small(world) {
  world.project();
  await world.open();
  const { page } = world;
  await page.setViewportSize({ width: 1024, height: 640 });
  await world.state("In stock?").click();
  await page.keyboard.press("F9");
  await world.start("Debug", "in-stock");
  await world.stands("In stock?", "paused");
  await world.button("Step over").click();
  await until("it moved on", async () => (await world.status("In stock?")) === "succeeded");
  await world.button("Step back").click();
  await world.button("Go on from here…").waitFor();
  const bar = await page.getByRole("toolbar", { name: "Debugger" }).boundingBox();
  holds("the bar stays one row", bar !== null && bar.height < 50);
  await world.picture("27-small-window");
}

export default [
  { name: "8 frames, variables, console, watches", go: stackAndWatches },
  { name: "8 attempts, and time by keyboard", go: attempts },
  { name: "8 the palette, and a run removed", go: palette },
  { name: "8 a small window", go: small },
];
