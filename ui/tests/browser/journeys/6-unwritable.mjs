// Where nothing can be written, and text whose file is gone: what is said, and that nothing is lost.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holds, same, until } from "../place.mjs";

const FILE = "workflows/order-fulfilment.asl.json";

function chmod(mode, path) {
  const done = spawnSync("chmod", ["-R", mode, path], { encoding: "utf8" });
  holds(`chmod ${mode}: ${done.stderr}`, done.status === 0);
}

async function rename(world, from, to) {
  await world.state(from).click();
  await world.page.keyboard.press("F2");
  const field = world.page.getByLabel("State name");
  await field.fill(to);
  await field.press("Enter");
}

async function readOnlyFolder(world) {
  world.refusals.push("document.save document.notWritable");
  world.project();
  chmod("a-w", world.root);
  try {
    await world.open(world.root, { unprivileged: true });
    const { page } = world;
    await page.getByText("Nothing can be written in this folder").waitFor();
    const foot = page.getByRole("contentinfo");
    await foot.getByText("Runs are not kept").waitFor();
    await world.fit();
    await rename(world, "Back order", "Order later");
    await world.state("Order later").waitFor();
    await foot.getByText("Not saved, not protected").waitFor();
    await world.picture("34-read-only-folder");

    await page.keyboard.press("Control+s");
    const toast = page.getByRole("alert").filter({ hasText: "can't be written" });
    for (const said of [FILE, "Permission denied", "Save a copy in another place"])
      holds(`${said} is said`, (await toast.textContent()).includes(said));
    await world.picture("35-a-save-that-fails");
    await toast.getByRole("button", { name: "Save a copy…" }).click();
    const copy = join(world.folder, "copy.asl.json");
    await world.dialog.getByLabel("File").fill(copy);
    await world.picture("36-save-a-copy");
    await world.dialog.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(`A copy is in ${copy}`).waitFor();
    holds("the copy has the change", readFileSync(copy, "utf8").includes("Order later"));
    holds("the file has not", !world.read(FILE).includes("Order later"));

    await world.start("Run", "in-stock");
    await world.stands("Done", "succeeded");
    await page.getByRole("tab", { name: "Runs" }).click();
    await page.getByText("runs are kept only until the project is closed").waitFor();
    await page.getByRole("button", { name: /\d{8}-\d{6}/ }).waitFor();
    same("nothing was written", existsSync(world.path(".stepwell")), false);
  } finally {
    chmod("u+w", world.root);
  }
}

async function readOnlyDocument(world) {
  world.refusals.push("document.edit document.readOnly");
  world.project("hello");
  const definition = '{"StartAt": "Begin", "States": {"Begin": {"Type": "Pass", "End": true}}}';
  const template = `Resources:
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: '${definition}'
`;
  writeFileSync(world.path("template.yaml"), template);
  await world.open();
  const { page } = world;
  await page.getByText("put together from pieces of the template").waitFor();
  await world.fit();
  await rename(world, "Begin", "Start here");
  const field = page.getByLabel("State name");
  await page.getByRole("alert").filter({ hasText: "can only be read" }).waitFor();
  same("what was typed stays", await field.inputValue(), "Start here");
  await field.press("Escape");
  await world.picture("37-read-only-document");
  await world.button("Run").click();
  await world.dialog.getByRole("button", { name: "Run", exact: true }).click();
  await world.stands("Begin", "succeeded");
  same("the template is as it was", world.read("template.yaml"), template);
}

/** Text that was never saved, whose file is renamed before the next start. */
async function leftBehind(world) {
  world.project();
  const first = await world.open();
  const { page } = world;
  await world.state("Back order").waitFor();
  await world.fit();
  await rename(world, "Back order", "Order later");
  await world.state("Order later").waitFor();
  await page.goto("about:blank");
  await first.end();
  const other = "workflows/other.asl.json";
  renameSync(world.path(FILE), world.path(other));

  await world.open();
  await page.getByText(`${FILE} is gone from disk`).waitFor();
  await world.state("Back order").waitFor();
  await world.picture("38-left-behind");
  await world.button("Show it").click();
  await world.state("Order later").waitFor();
  await world.button("Save it again").click();
  await until("the file is there again", () => existsSync(world.path(FILE)));
  holds("with the text that was never saved", world.read(FILE).includes("Order later"));
  await page.getByText("gone from disk").waitFor({ state: "detached" });

  // Once more, and nobody wants it.
  rmSync(world.path(other));
  await world.fit();
  await rename(world, "Order later", "Order much later");
  await world.state("Order much later").waitFor();
  rmSync(world.path(FILE));
  await world.button("Discard…").click();
  await world.picture("39-discard");
  await world.dialog.getByRole("button", { name: "Discard", exact: true }).click();
  await page.getByText("No workflow in this folder").waitFor();
  await page.reload();
  await page.getByText("No workflow in this folder").waitFor();
}

/** Names that can't be: said at the field, which keeps what was typed. */
async function names(world) {
  world.refusals.push("document.edit document.edit");
  world.project();
  await world.open();
  const { page } = world;
  await world.state("Back order").waitFor();
  await world.fit();
  await world.state("Back order").click();
  await page.keyboard.press("F2");
  const field = page.getByLabel("State name");
  const long = "x".repeat(81);
  for (const [typed, said] of [
    ["", "this one has none"],
    [long, "this one has 81"],
    ["Done", "there is a state"],
  ]) {
    await field.fill(typed);
    await field.press("Enter");
    await page
      .getByRole("alert")
      .filter({ hasText: new RegExp(said, "i") })
      .waitFor();
    same("what was typed stays", await field.inputValue(), typed);
  }
  await world.picture("40-a-name-that-is-taken");
  await field.press("Escape");
  await world.state("Back order").waitFor();
  same("nothing has changed", world.diff(), []);
  await page.getByText("Saved", { exact: true }).waitFor();
}

export default [
  { name: "6 a folder in which nothing can be written", go: readOnlyFolder },
  { name: "6 a definition that can only be read", go: readOnlyDocument },
  { name: "6 text whose file is gone is brought back", go: leftBehind },
  { name: "6 names that can't be", go: names },
];
