// Open the example, run it with an event, watch the states go through, look at a state's data.
import { holds, same, until } from "../place.mjs";
import { WATCH } from "../watch.mjs";

async function run(world) {
  world.project();
  await world.open();
  await world.fit();
  await world.state("Order failed").waitFor();
  same(
    "an untouched workflow says that it is saved",
    await world.page.getByText("Saved", { exact: true }).count(),
    1,
  );
  await world.picture("01-project-opened");
  await world.page.evaluate(WATCH);

  await world.button("Run").click();
  await world.dialog.getByRole("option", { name: "in-stock", exact: true }).click();
  await world.picture("02-run-dialog");
  await world.dialog.getByRole("button", { name: "Run", exact: true }).click();
  await world.button("Trust and run").waitFor();
  same(
    "functions named before they run",
    await world.page.getByLabel("What will run").locator("li").count(),
    4,
  );
  await world.picture("03-trust");
  await world.button("Trust and run").click();

  await world.stands("Wait for courier", "waiting");
  await world.picture("04-running");
  await world.stands("Done", "succeeded");
  const seen = await world.page.evaluate(() => window.seen);
  for (const name of ["Price order", "Charge card", "Reserve each line", "Fulfil"]) {
    holds(`${name} went through running: ${seen[name]}`, seen[name]?.includes("running"));
    same(`${name} ended well`, seen[name]?.at(-1), "succeeded");
  }
  for (const name of ["Refund", "Back order", "Order failed"]) {
    holds(`${name} was not entered: ${seen[name]}`, !seen[name]?.some((status) => status !== "idle"));
  }

  await world.state("Price order").click();
  await world.tab("Data").click();
  const pane = world.page.getByRole("complementary", { name: "Selected state" });
  await pane.getByText("A-1001").first().waitFor();
  await until("the output is shown too", async () => /"?available"?/.test(await pane.textContent()));
  await world.page.mouse.move(720, 20);
  await world.picture("05-data-of-a-state");
}

async function keyboard(world) {
  world.project();
  await world.open();
  await world.state("Price order").waitFor();
  const { keyboard, page } = { keyboard: world.page.keyboard, page: world.page };
  await keyboard.press("1");
  await keyboard.press("Control+Enter");
  await world.dialog.waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  same("the first event has the focus", await focused(), "back-order");
  while ((await focused()) !== "in-stock") await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await world.button("Trust and run").waitFor();
  same("a key that is held down consents to nothing", await focused(), "Don't run");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await world.stands("Done", "succeeded");
  for (const arrow of ["ArrowDown", "ArrowDown"]) await keyboard.press(arrow);
  const pressed = page.locator("[data-state-name][aria-pressed=true]");
  await pressed.waitFor();
  holds("the arrows went on from a state", (await pressed.getAttribute("data-state-name")) !== null);
  await until("its data is shown", async () =>
    (await page.getByRole("complementary", { name: "Selected state" }).textContent()).includes("A-1001"),
  );
  await keyboard.press("?");
  await world.dialog.waitFor();
  await world.picture("15-shortcuts");
  await keyboard.press("Escape");
}

export default [
  { name: "1 run with an event and read a state's data", go: run },
  { name: "1 the same from the keyboard alone", go: keyboard },
];
