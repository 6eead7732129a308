// What befalls a session from outside: a wrong path, a page loaded anew. What was in sight stays in sight.
import { holds, same, until } from "../place.mjs";

async function wrongPath(world) {
  world.refusals.push("files.browse files.browse", "project.open project.open");
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.start("Run", "in-stock");
  await world.stands("Wait for courier", "waiting");
  await page.keyboard.press("Control+o");
  const path = world.dialog.getByLabel("Path");
  // The list comes with a path of its own, which must not fall between the keys.
  await world.dialog.getByRole("button", { name: "Folder above" }).waitFor();
  await path.fill("/nowhere/at/all");
  await world.dialog.getByText(/nowhere\/at\/all/).waitFor();
  await world.button("Open this folder").click();
  await world.dialog.getByText("does not exist; check the path").waitFor();
  await world.picture("22-wrong-path");
  await page.keyboard.press("Escape");
  holds("the run is still in sight", (await world.status("Price order")) === "succeeded");
  await world.stands("Done", "succeeded");
  // What comes after it is opened, and the first one is at hand.
  world.project("hello");
  await page.keyboard.press("Control+o");
  await world.dialog.getByRole("button", { name: "Folder above" }).waitFor();
  await path.fill(world.root);
  await world.dialog.getByText("hello.asl.yaml").waitFor();
  await world.button("Open this folder").click();
  await until("the other project is shown", async () => (await world.state("Price order").count()) === 0);
  await page.getByRole("navigation", { name: "Where" }).getByRole("button").first().click();
  await page.getByRole("menuitem", { name: /order-fulfilment/ }).waitFor();
  await page.keyboard.press("Escape");
}

async function reloaded(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("In stock?").click();
  await page.keyboard.press("F9");
  await world.start("Debug", "in-stock");
  await world.stands("In stock?", "paused");
  await page.reload();
  await world.stands("In stock?", "paused");
  await world.fit();
  await world.button("Continue").click();
  await world.stands("Done", "succeeded");
  await page.reload();
  await world.fit();
  await world.state("Done").waitFor();
  await page.getByRole("tab", { name: "Runs" }).click();
  await page.getByRole("button", { name: /\d{8}-\d{6}/ }).waitFor();
  same("a run that has ended is not forced on anybody", await world.status("Done"), null);
}

async function iteration(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.start("Run", "in-stock");
  await world.stands("Done", "succeeded");
  await page.getByRole("button", { name: "All iterations" }).click();
  await page.getByRole("menuitem", { name: /Iteration 1/ }).click();
  await page.getByRole("tab", { name: "Data" }).click();
  const pane = page.getByRole("complementary", { name: "Selected state" });
  for (const name of ["Reserve each line", "Fulfil", "Done"]) {
    await world.state(name).click({ position: { x: 40, y: 12 } });
    await pane.getByRole("heading", { name }).waitFor();
    await pane.locator("[data-stage=input]").waitFor();
    same(`${name} has been reached`, await pane.getByText("has not reached").count(), 0);
  }
}

export default [
  { name: "8 a wrong path leaves the open project alone", go: wrongPath },
  { name: "8 a page loaded anew shows the run that stands", go: reloaded },
  { name: "8 an iteration is picked: states outside it keep their data", go: iteration },
];
