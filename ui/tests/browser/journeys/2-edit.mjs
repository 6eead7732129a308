// Type in the code, rename on the canvas, while another program changes the file; one undo for all; save; the
// difference to what was committed is what was done, and nothing else.
import { same, until } from "../place.mjs";

const FILE = "workflows/order-fulfilment.asl.json";

async function edit(world) {
  world.project();
  const studio = await world.open();
  // The code view holds only the lines in sight; the core holds all of them.
  const text = async () => (await studio.call("document.open", { document: FILE })).text;
  const has = async (part) => (await text()).includes(part);
  const { page } = world;
  await world.state("Back order").waitFor();
  await page.getByRole("radio", { name: "Split" }).click();
  // Room enough for cards beside the text: the right room has given way already.
  await world.button("Hide left room").click();
  await world.button("Fit").click();
  const code = page.getByLabel("Definition");
  const line = code.locator(".cm-line", { hasText: "from basket to" });
  await line.click();
  await page.keyboard.press("End");
  for (const _ of '.",') await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(", on foot");
  await until("the typed text is there", async () =>
    (await line.textContent()).includes("courier, on foot."),
  );

  world.rewrite(FILE, "the total and what is in stock", "the total, and what is in stock");
  await until("the other program's change is merged", async () =>
    (await code.textContent()).includes("the total, and what is in stock"),
  );

  await world.state("Back order").click();
  await page.keyboard.press("F2");
  const field = page.getByLabel("State name");
  await field.fill("Order later");
  await field.press("Enter");
  await world.state("Order later").waitFor();
  await world.picture("21-split-edited");

  await page.keyboard.press("Control+z");
  await world.state("Back order").waitFor();
  same("typing stays until it is undone", await has("on foot"), true);
  await page.keyboard.press("Control+z");
  await until("typing is undone", async () => !(await has("on foot")));
  same("another program's change is not ours to undo", await has("the total, and what is in stock"), true);
  await page.keyboard.press("Control+Shift+z");
  await until("typing is back", () => has("on foot"));
  await page.keyboard.press("Control+Shift+z");
  await world.state("Order later").waitFor();

  await page.keyboard.press("Control+s");
  await until("it is saved", () => world.read(FILE).includes("Order later"));
  await page.getByText("Saved", { exact: true }).waitFor();
  same("the difference is what was done", world.diff(), [
    '-  "Comment": "Takes an order from basket to courier.",',
    '+  "Comment": "Takes an order from basket to courier, on foot.",',
    '-      "Comment": "Adds prices, the total and what is in stock.",',
    '+      "Comment": "Adds prices, the total, and what is in stock.",',
    '-      "Default": "Back order"',
    '+      "Default": "Order later"',
    '-    "Back order": {',
    '+    "Order later": {',
  ]);
}

export default [{ name: "2 type, rename, undo with one stack, save", go: edit }];
