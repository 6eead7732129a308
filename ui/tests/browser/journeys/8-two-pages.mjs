// Two pages on one folder: of one studio, and of two.
import { same, until } from "../place.mjs";

const named = (page, name) => page.locator(`[data-state-name=${JSON.stringify(name)}]`);

async function twoPages(world) {
  world.project();
  const studio = await world.studio();
  const { page } = world;
  await page.goto(studio.url);
  const other = await world.another();
  await other.goto(studio.url);
  for (const each of [page, other]) {
    await named(each, "Back order").waitFor();
    await each.getByRole("button", { name: "Fit", exact: true }).click();
  }

  await named(page, "Back order").click();
  await page.keyboard.press("F2");
  await page.getByLabel("State name").fill("Order later");
  await page.getByLabel("State name").press("Enter");
  await named(other, "Order later").waitFor();
  await other.keyboard.press("Control+z");
  await named(page, "Back order").waitFor();
  await page.getByText("Saved", { exact: true }).waitFor();

  await named(other, "In stock?").click();
  await other.keyboard.press("F9");
  await until("the breakpoint is on both", async () => {
    const corner = page.getByLabel("Breakpoint on In stock?");
    return (await corner.getAttribute("aria-pressed")) === "true";
  });
  await world.start("Debug", "in-stock");
  await world.stands("In stock?", "paused");
  await other.getByRole("tab", { name: "Runs" }).click();
  await other.getByRole("button", { name: /\d{8}-\d{6}/ }).click();
  const status = () => named(other, "In stock?").getAttribute("data-status");
  await until("the other page shows where it stands", async () => (await status()) === "paused");
  await other.getByRole("button", { name: "Continue", exact: true }).click();
  await world.stands("Done", "succeeded");
  await until(
    "both see the end",
    async () => (await named(other, "Done").getAttribute("data-status")) === "succeeded",
  );
}

async function twoStudios(world) {
  world.project();
  await world.open();
  await world.state("Price order").waitFor();
  const second = await world.studio();
  const other = await world.another();
  await other.goto(second.url);
  await named(other, "Price order").waitFor();
  await other.getByRole("tab", { name: "Runs" }).click();
  await other.getByText("No runs yet").waitFor();

  await world.start("Run", "in-stock");
  await world.stands("Done", "succeeded");
  await other.getByRole("button", { name: /\d{8}-\d{6}/ }).click();
  await other.getByRole("button", { name: "Fit", exact: true }).click();
  await until(
    "the other studio shows it",
    async () => (await named(other, "Done").getAttribute("data-status")) === "succeeded",
  );

  await world.state("Back order").click();
  await world.page.keyboard.press("F2");
  await world.page.getByLabel("State name").fill("Order later");
  await world.page.getByLabel("State name").press("Enter");
  await world.state("Order later").waitFor();
  same("unsaved text is this one's alone", await named(other, "Order later").count(), 0);
  await world.page.keyboard.press("Control+s");
  await named(other, "Order later").waitFor();
}

export default [
  { name: "8 two pages of one studio", go: twoPages },
  { name: "8 two studios on one folder", go: twoStudios },
];
