// How runs end that do not end well, and runs that nobody has to be asked about.
import { holds, same, until } from "../place.mjs";

async function stopped(world) {
  world.project();
  world.rewrite("events/in-stock.json", '"readyInSeconds": 2', '"readyInSeconds": 60');
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.start("Run", "in-stock");
  await world.stands("Wait for courier", "waiting");
  const rows = page.getByRole("listbox", { name: "Visits of states" });
  await rows.getByText(/waiting, \d+(\.\d)? s left/).waitFor();
  await world.button("Stop").click();
  for (const name of ["Wait for courier", "Fulfil"]) await world.stands(name, "aborted");
  for (const name of ["Price order", "Charge card"]) same(name, await world.status(name), "succeeded");
  await page.getByRole("contentinfo").getByText("Stopped").waitFor();
  holds("there is nothing left to stop", (await world.button("Stop").count()) === 0);
  await rows.getByText("aborted").first().waitFor();
  await world.picture("30-stopped");
}

async function fatal(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.fit();
  await world.button("Run").click();
  await world.dialog.getByLabel("Input").fill("{}");
  await world.dialog.getByRole("button", { name: "Run", exact: true }).click();
  await world.button("Trust and run").click();
  await world.stands("Price order", "failed");
  await page.getByRole("contentinfo").getByText("Failed").waitFor();
  const pane = page.getByRole("complementary", { name: "Selected state" });
  const error = pane.getByRole("region", { name: "Error" });
  await error.getByText("States.Runtime").or(error.getByText("States.ParameterPathFailure")).waitFor();
  await error
    .getByText(/\$\.orderId/)
    .first()
    .waitFor();
  same("nothing else was reached", await world.status("In stock?"), null);
  await world.picture("31-fatal-error");
}

/** Where no program would run, nobody is asked whether it may. */
async function nothingToTrust(world) {
  world.project("hello");
  await world.open();
  await world.state("Greet").waitFor();
  await world.button("Run").click();
  await world.dialog.getByRole("button", { name: "Run", exact: true }).click();
  await world.stands("Done", "succeeded");
  same("questions", await world.button("Trust and run").count(), 0);
}

/** The past as it was: no row tells what had not happened, and the log keeps the run's own time. */
async function past(world) {
  world.project();
  const studio = await world.open();
  const { page } = world;
  await world.state("In stock?").click();
  await page.keyboard.press("F9");
  await world.start("Debug", "in-stock");
  await world.stands("In stock?", "paused");
  // While the run is held its clock stands.
  await page.waitForTimeout(1_500);
  await world.button("Continue").click();
  await world.stands("Done", "succeeded");
  const [{ execution }] = (await studio.call("run.list", { workflow: null, limit: 1 })).runs;
  const range = { execution, from: 0, limit: 1000 };
  const { length } = await studio.call("run.timeline", range);
  const late = (await studio.call("run.log", range)).lines.filter((line) => line.at > length);
  same("lines after the end of the run", late, []);

  const rows = page.getByRole("listbox", { name: "Visits of states" });
  const row = rows.getByRole("option", { name: /In stock\?/ });
  await row.getByText("rule 1").waitFor();
  const slider = page.getByRole("slider", { name: "Moment shown" });
  await slider.focus();
  await slider.press("Home");
  await slider.press("ArrowRight");
  await world.stands("In stock?", "paused");
  await row.getByText("before entering").waitFor();
  holds("what comes of it is not told", !(await row.textContent()).includes("rule 1"));
  await page.getByRole("tab", { name: "Console" }).click();
  const lines = page.getByRole("listbox", { name: "Log" }).getByRole("option");
  await until("later lines are faint", async () => {
    const faint = await lines.evaluateAll((all) => all.filter((line) => /ahead/.test(line.className)).length);
    return faint > 0 && faint < (await lines.count());
  });
  await world.picture("32-the-log-in-the-past");
  await page.getByRole("tab", { name: "Timeline" }).click();
  await world.picture("33-the-timeline-in-the-past");
}

export default [
  { name: "6 a run is stopped", go: stopped },
  { name: "6 an error that nothing catches ends the run", go: fatal },
  { name: "6 nobody is asked where nothing would run", go: nothingToTrust },
  { name: "6 the past tells nothing that had not happened", go: past },
];
