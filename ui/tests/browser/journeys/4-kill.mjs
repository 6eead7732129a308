// The process is killed in the middle of a run; a new one carries on, and the record is that of a run undisturbed.
import { same, until } from "../place.mjs";

async function kill(world) {
  world.project();
  world.rewrite("events/in-stock.json", '"readyInSeconds": 2', '"readyInSeconds": 3');
  world.expected.push(
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|CONNECTION_RESET/,
  );
  const first = await world.open();
  const { page } = world;
  await world.state("Price order").waitFor();
  await world.start("Run", "in-stock");
  await world.stands("Done", "succeeded");
  const [undisturbed] = (await first.call("run.list", { workflow: null, limit: 10 })).runs;
  const expected = await first.history(undisturbed.execution);

  await world.start("Run", "in-stock", { trust: false });
  await world.stands("Wait for courier", "waiting");
  await first.kill();
  await page.getByText("Stepwell does not answer").waitFor();
  await world.picture("10-the-studio-is-gone");

  const second = await world.open();
  await page.getByRole("tab", { name: "Runs" }).click();
  const { runs } = await second.call("run.list", { workflow: null, limit: 10 });
  const killed = runs.find((run) => run.execution !== undisturbed.execution).execution;
  await page.getByRole("button", { name: killed }).click();
  await world.button("Carry on").waitFor();
  await world.picture("11-interrupted-run");
  await world.button("Carry on").click();
  await world.fit();
  await world.stands("Done", "succeeded");
  await until(
    "it ended",
    async () => (await second.call("run.get", { execution: killed })).status === "succeeded",
  );
  same("the same history as without the kill", await second.history(killed), expected);
}

export default [{ name: "4 kill the process, start again, carry on", go: kill }];
