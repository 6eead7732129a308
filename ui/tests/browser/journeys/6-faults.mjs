// What goes wrong, and what the page says to it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holds, same, until } from "../place.mjs";

const FILE = "workflows/order-fulfilment.asl.json";

async function malformed(world) {
  world.project();
  // Damage inside the last third: every state wholly before it still draws.
  world.rewrite(FILE, '"Refund": {\n      "Type": "Task",', '"Refund": {\n      "Type": Task" "');
  await world.open();
  await world.state("Price order").waitFor();
  await world.fit();
  for (const name of ["In stock?", "Back order", "Fulfil", "Charge card"]) await world.state(name).waitFor();
  const problems = world.page.getByRole("tab", { name: /Problems \d|Problems\d/ });
  await problems.waitFor();
  await problems.click();
  await world.picture("13-malformed-text");
  world.rewrite(FILE, '"Refund": {\n      "Type": Task" "', '"Refund": {\n      "Type": "Task",');
  await world.state("Order failed").waitFor();
  await until("no problem is left", async () => (await problems.count()) === 0);
}

async function crash(world) {
  world.project();
  writeFileSync(
    world.path("functions/charge-card/app.py"),
    'def handler(event, context):\n    print("about to break")\n    raise KeyError("no such card")\n',
  );
  await world.open();
  await world.state("Price order").waitFor();
  await world.start("Run", "in-stock");
  await world.stands("Order failed", "failed");
  await world.stands("Charge card", "failed");
  await world.state("Charge card").click();
  const pane = world.page.getByRole("complementary", { name: "Selected state" });
  for (const said of ["KeyError", "no such card", "about to break"])
    await pane.getByText(said).first().waitFor();
  same("the one that caught it", await world.status("Fulfil"), "caught");
  holds(
    "one failed, and the other went with it",
    /1 failed · 1 stopped/.test(await world.state("Fulfil").textContent()),
  );
  const cause = await pane.getByRole("region", { name: "Error" }).locator("pre").first().textContent();
  holds(`the cause is laid out to be read: ${cause}`, /^\{\n {2}"errorMessage": /.test(cause));
  await world.picture("14-function-crashed");
}

async function nothing(world) {
  const studio = await world.studio(null);
  await world.page.goto(studio.url);
  await world.button("Open a project…").waitFor();
  same("the key is not left in the address", new URL(world.page.url()).hash, "");
  await world.picture("16-no-project");
  await world.button("Open a project…").click();
  await world.dialog.getByLabel("Path").fill(world.project("hello"));
  await world.dialog.getByRole("button", { name: "Open this folder" }).click();
  await world.page.locator("[data-state-name]").first().waitFor();
  await world.picture("17-a-single-definition");
}

async function withoutWorkflow(world) {
  const folder = join(world.folder, "empty");
  mkdirSync(folder);
  await world.open(folder);
  await world.page.getByText("No workflow in this folder").waitFor();
  await world.picture("18-no-workflow");
  writeFileSync(
    join(folder, "new.asl.json"),
    '{"StartAt": "Begin", "States": {"Begin": {"Type": "Pass", "End": true}}}\n',
  );
  await world.state("Begin").waitFor();
}

async function refused(world) {
  world.project();
  world.expected.push(/401/);
  const studio = await world.studio();
  for (const address of [studio.origin, `${studio.origin}/#token=${"0".repeat(64)}`]) {
    await world.page.goto("about:blank");
    await world.page.goto(address);
    await world.page.getByText("This address has no key").waitFor();
    same("nothing is drawn", await world.page.locator("[data-state-name]").count(), 0);
  }
  await world.picture("19-no-key");
}

async function notJson(world) {
  world.project();
  await world.open();
  await world.state("Price order").waitFor();
  await world.button("Run").click();
  await world.dialog.getByLabel("Input").fill('{\n  "orderId": A-1\n}');
  const said = await world.dialog.getByText(/line 2, column 14/i).textContent();
  same("the place is said once", said.match(/column/g).length, 1);
  const run = world.dialog.getByRole("button", { name: "Run", exact: true });
  holds("what is not JSON does not run", await run.isDisabled());
  await world.picture("20-input-is-not-json");
}

export default [
  { name: "6 malformed text: what can be drawn is drawn", go: malformed },
  { name: "6 a function crashes: error, cause and its last lines", go: crash },
  { name: "6 no project, and opening one", go: nothing },
  { name: "6 a folder without workflows", go: withoutWorkflow },
  { name: "6 a refused token", go: refused },
  { name: "6 an input that is not JSON", go: notJson },
];
