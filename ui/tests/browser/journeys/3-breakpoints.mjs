// Breakpoints on entering and leaving a state and on an error: set with the mouse and from the keyboard, shown on the
// canvas, in the gutter and in the list, and heeded.
import { writeFileSync } from "node:fs";
import { same, until } from "../place.mjs";

const BROKEN = 'def handler(event, context):\n    raise KeyError("no such card")\n';

async function moments(world) {
  world.project();
  writeFileSync(world.path("functions/charge-card/app.py"), BROKEN);
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.fit();
  const corner = (name) => page.getByLabel(`Breakpoint on ${name}`);
  const stops = (name, when) =>
    until(
      `${name} says that it stops ${when}`,
      async () => (await corner(name).getAttribute("title")) === `Stops ${when}; click to remove (F9)`,
    );

  // On an error, with the mouse.
  await world.state("Charge card").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Breakpoint", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "When it fails" }).click();
  await stops("Charge card", "when it fails");
  // On leaving, from the keyboard: by the menu key.
  await world.state("Price order").click();
  await page.keyboard.press("ContextMenu");
  // Each key goes to what has the focus: it has to be there first.
  const focused = (role, name) => page.locator(`[role=${role}]:focus`, { hasText: name }).waitFor();
  await page.locator("[role=menu]:focus-within").waitFor();
  await page.keyboard.type("Breakp");
  await focused("menuitem", "Breakpoint");
  await page.keyboard.press("ArrowRight");
  await focused("menuitemcheckbox", "Before entering");
  await page.keyboard.press("ArrowDown");
  await focused("menuitemcheckbox", "Before leaving");
  await page.keyboard.press("Enter");
  await stops("Price order", "before leaving");
  // And by the palette.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("breakpoint before entering");
  await page.keyboard.press("Enter");
  await stops("Price order", "before entering, before leaving");

  await page.getByRole("tab", { name: "Frames" }).click();
  const list = page.getByRole("region", { name: "Breakpoints" });
  for (const [name, when] of [
    ["Charge card", "when it fails"],
    ["Price order", "before leaving"],
    ["Price order", "before entering"],
  ]) {
    await list
      .getByRole("combobox", { name: `When ${name} stops` })
      .filter({ hasText: when })
      .waitFor();
  }
  await page.getByRole("radio", { name: "Split" }).click();
  const gutter = page.locator(
    ".sw-breakpoint[title*='before entering, before leaving: remove the breakpoint at Price order']",
  );
  await gutter.waitFor();
  await world.picture("28-breakpoints");
  await page.getByRole("radio", { name: "Design" }).click();

  await world.start("Debug", "in-stock");
  const place = page.getByRole("complementary", { name: "Selected state" });
  for (const [name, where] of [
    ["Price order", "Paused before entering"],
    ["Price order", "Paused before leaving"],
    ["Charge card", "Paused after an error"],
  ]) {
    await place.getByRole("heading", { name }).waitFor();
    await place.getByText(where).first().waitFor();
    same(`${name} is held`, await world.status(name), "paused");
    if (name === "Charge card") await world.picture("29-stopped-on-an-error");
    await world.button("Continue").click();
    if (where !== "Paused before entering") continue;
    await place.getByText(where).waitFor({ state: "detached" });
  }
  await world.stands("Order failed", "failed");
}

async function uncaught(world) {
  world.project();
  writeFileSync(world.path("functions/price-order/app.py"), BROKEN);
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await page.getByRole("tab", { name: "Frames" }).click();
  await page.getByLabel("Uncaught errors").check();
  await world.start("Debug", "in-stock");
  await world.stands("Price order", "paused");
  const place = page.getByRole("complementary", { name: "Selected state" });
  await place.getByText("Paused after an error").first().waitFor();
  await place.getByRole("region", { name: "Error" }).getByText("KeyError").first().waitFor();
  await world.button("Continue").click();
  await world.stands("Price order", "failed");
}

export default [
  { name: "3 breakpoints on entering, leaving and an error", go: moments },
  { name: "3 a breakpoint on errors that nobody catches", go: uncaught },
];
