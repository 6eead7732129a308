// How the canvas looks at a workflow: at first, when the window changes, beside the code, deep down; and states that are
// added from the list by keyboard.
import { writeFileSync } from "node:fs";
import { holds, same, until } from "../place.mjs";

const FILE = "workflows/order-fulfilment.asl.json";

/** Names of states that are cut by the canvas, or out of its sight. */
const cut = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector(".react-flow").getBoundingClientRect();
    return [...document.querySelectorAll("[data-state-name]")]
      .filter((node) => {
        const box = node.getBoundingClientRect();
        return (
          box.left < canvas.left ||
          box.right > canvas.right ||
          box.top < canvas.top ||
          box.bottom > canvas.bottom
        );
      })
      .map((node) => node.dataset.stateName);
  });

const percent = (page) =>
  page
    .getByTitle("Back to 100 % (0)")
    .textContent()
    .then((text) => Number.parseInt(text, 10));

const whole = (page, what) =>
  until(`${what}: the whole is in sight`, async () => (await cut(page)).length === 0);

async function firstLook(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  for (const [width, height, least] of [
    [1440, 900, 75],
    [1920, 1080, 90],
    [1280, 800, 60],
  ]) {
    await page.setViewportSize({ width, height });
    await until(`it can be read at ${width} × ${height}`, async () => (await percent(page)) >= least);
    await whole(page, `${width} × ${height}`);
    await world.picture(`100-first-look-${width}`);
  }
  await page.setViewportSize({ width: 960, height: 600 });
  await until("the beginning is in sight", async () => !(await cut(page)).includes("Price order"));
  holds("it can be read in the smallest window", (await percent(page)) >= 60);
  await world.picture("100-first-look-960");

  await page.setViewportSize({ width: 1440, height: 900 });
  await whole(page, "back again");
  await world.state("Price order").click();
  await page.setViewportSize({ width: 1280, height: 800 });
  await whole(page, "a click is no move");
  await page.getByRole("button", { name: "Zoom in", exact: true }).click();
  await world.state("Refund").click();
  const moved = await until("the glide is over", async () => {
    const before = await page.locator(".react-flow__viewport").getAttribute("style");
    await page.waitForTimeout(100);
    return before === (await page.locator(".react-flow__viewport").getAttribute("style")) && before;
  });
  await page.setViewportSize({ width: 1500, height: 940 });
  await page.waitForTimeout(300);
  same(
    "a view that was moved stays",
    await page.locator(".react-flow__viewport").getAttribute("style"),
    moved,
  );
}

async function edits(world) {
  world.project();
  const studio = await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  // Somebody has moved the view.
  await page.getByRole("button", { name: "Zoom in", exact: true }).click();
  await page.getByRole("button", { name: "Zoom in", exact: true }).click();
  await page.waitForTimeout(300);
  await world.state("In stock?").click();
  const place = async () => (await world.state("In stock?").boundingBox()).y;
  const before = await place();
  const edit = (edit) => studio.call("document.edit", { document: FILE, edit });
  await edit({
    kind: "insertState",
    place: { kind: "beforeStart", scope: "" },
    stateType: "Pass",
    name: "Look first",
    function: null,
    action: null,
  });
  await until("it is drawn", async () =>
    (await studio.call("document.open", { document: FILE })).analysis.states.some(
      ({ key }) => key === "Look first",
    ),
  );
  await page.waitForTimeout(600);
  holds("a state put in above leaves the selected one where it was", Math.abs((await place()) - before) < 2);
  await edit({ kind: "deleteState", state: "Price order" });
  await world.state("Price order").waitFor({ state: "detached" });
  await page.waitForTimeout(400);
  holds("so does one that is deleted", Math.abs((await place()) - before) < 2);
}

async function split(world) {
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  const canvas = async () => page.locator(".react-flow").boundingBox();
  const code = async () => page.locator(".cm-editor").boundingBox();
  await world.state("Refund").click();
  await page.getByText("Definition", { exact: true }).click();
  await page.getByRole("button", { name: "Show in code" }).click();
  await page.locator(".sw-selected").first().waitFor();
  holds("the right room gives way", !(await page.getByLabel("Selected state").first().isVisible()));
  holds("the drawing has room beside the code", (await canvas()).width > 500);
  holds("they stand side by side", (await code()).x > (await canvas()).x + 400);
  await world.picture("101-split");
  await page.setViewportSize({ width: 960, height: 700 });
  await until("they stand one above the other", async () => (await code()).y > (await canvas()).y + 100);
  await world.picture("101-split-narrow");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("radio", { name: "Design" }).click();
  await page.getByLabel("Selected state").first().waitFor();
}

async function deep(world) {
  const root = world.project("hello");
  for (const depth of [40, 300]) {
    let scope = { StartAt: "Core", States: { Core: { Type: "Pass", End: true } } };
    for (let level = depth; level > 0; level -= 1) {
      const name = `Level ${level}`;
      scope = { StartAt: name, States: { [name]: { Type: "Parallel", Branches: [scope], End: true } } };
    }
    writeFileSync(`${root}/nest${depth}.asl.json`, JSON.stringify(scope, null, 1));
  }
  await world.open();
  const { page } = world;
  for (const depth of [40, 300]) {
    await page.locator(`aside button[title="nest${depth}.asl.json"]`).click();
    const canvas = await page.locator(".react-flow").boundingBox();
    for (const level of [1, 2, 3, 8]) {
      const name = page
        .locator(`[data-state-name="Level ${level}"]`)
        .getByText(`Level ${level}`, { exact: true });
      await name.waitFor();
      await until(`the name of level ${level} of ${depth} is in sight`, async () => {
        const box = await name.boundingBox();
        return (
          box !== null && box.x > canvas.x && box.x + box.width < canvas.x + canvas.width && box.height > 12
        );
      });
    }
    await world.picture(`102-deep-${depth}`);
  }
}

async function adding(world) {
  world.project();
  const studio = await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.fit();
  await world.state("Price order").click();
  await world.tab("Add").click();
  const search = page.getByLabel("Search states and actions");
  const text = async () => (await studio.call("document.open", { document: FILE })).text;
  await search.fill("workflow");
  await world.picture("103-actions");
  await search.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until("the second of them is put in", async () => (await text()).includes('"Start workflow": {'));
  holds(
    "it calls the service",
    (await text()).includes('"Resource": "arn:aws:states:::states:startExecution"'),
  );
  await world.state("Start workflow").waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await search.fill("callback");
  await search.press("Enter");
  await until("the first that is found is put in", async () =>
    (await text()).includes('"Wait for callback": {'),
  );
  const states = (await studio.call("document.open", { document: FILE })).analysis.states;
  const next = (key) => states.find((state) => state.key === key).next[0];
  same(
    "one behind the other",
    [next("Price order"), next("Start workflow")],
    ["Start workflow", "Wait for callback"],
  );
}

export default [
  { name: "10 the first look, and a window that changes", go: firstLook },
  { name: "10 what is worked on stays where it is", go: edits },
  { name: "10 drawing and code side by side", go: split },
  { name: "10 rooms in rooms in rooms", go: deep },
  { name: "10 actions from the list, by keyboard", go: adding },
];
