// Export the definition, run the exported file from the command line: the same result.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { binary, holds, same, until } from "../place.mjs";

async function exported(world) {
  world.project();
  const studio = await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.start("Run", "in-stock");
  await world.stands("Done", "succeeded");
  const [{ execution }] = (await studio.call("run.list", { workflow: null, limit: 1 })).runs;
  const inStudio = JSON.parse((await studio.call("run.get", { execution })).output.text);

  await world.button("Export").click();
  const file = world.dialog.getByLabel("File");
  await until("a name is suggested", async () => (await file.inputValue()).endsWith(".json"));
  await file.fill(world.path("exported.asl.json"));
  await world.picture("12-export");
  await world.dialog.getByRole("button", { name: "Save", exact: true }).click();
  await until("the file is there", () => existsSync(world.path("exported.asl.json")));
  await page.getByText("Exported to").waitFor();
  holds("substitutions are resolved", !world.read("exported.asl.json").includes("${"));

  const done = spawnSync(
    binary(),
    ["run", world.path("exported.asl.json"), "--input", world.path("events/in-stock.json"), "--json"],
    { encoding: "utf8", env: { ...process.env, STEPWELL_CONFIG_DIR: world.configuration }, timeout: 60_000 },
  );
  const last = done.stdout.trim().split("\n").at(-1);
  same(`exit of stepwell run: ${done.stderr}`, done.status, 0);
  const { status, output } = JSON.parse(last);
  same("the run of the exported file", status, "SUCCEEDED");
  const onCommandLine = typeof output === "string" ? JSON.parse(output) : output;
  same("the same result", settle(onCommandLine), settle(inStudio));
}

/** Without what differs from run to run by the functions' own doing. */
function settle(output) {
  return JSON.parse(
    JSON.stringify(output, (key, value) => (/^(until|expires|at|time)/i.test(key) ? "…" : value)),
  );
}

export default [{ name: "5 export, and run what was exported", go: exported }];
