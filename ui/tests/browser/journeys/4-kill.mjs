// The process is killed in the middle of a run; a new one carries on, and the record is that of a run undisturbed.
import { same, until } from "../place.mjs";

/** Kills the studio while a state has a status, and compares what comes of it with a run before. */
async function kill(world, [state, status], pictures) {
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
  await world.stands(state, status);
  await first.kill();
  await page.getByText("Stepwell does not answer").waitFor();
  if (pictures) await world.picture("10-the-studio-is-gone");

  const second = await world.open();
  await page.getByRole("tab", { name: "Runs" }).click();
  const { runs } = await second.call("run.list", { workflow: null, limit: 10 });
  const killed = runs.find((run) => run.execution !== undisturbed.execution).execution;
  await page.getByRole("button", { name: killed }).click();
  await world.button("Carry on").waitFor();
  if (pictures) await world.picture("11-interrupted-run");
  await world.button("Carry on").click();
  await world.fit();
  await world.stands("Done", "succeeded");
  await until(
    "it ended",
    async () => (await second.call("run.get", { execution: killed })).status === "succeeded",
  );
  const history = await second.history(killed);
  same("events that the kill cost", missing(expected, history), []);
  same("events that the kill added", missing(history, expected), []);
}

/** What is in the one list, as often as it is, and not in the other. */
function missing(all, other) {
  const left = [...other];
  return all.filter((event) => {
    const at = left.indexOf(event);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function inAWait(world) {
  world.project();
  world.rewrite("events/in-stock.json", '"readyInSeconds": 2', '"readyInSeconds": 3');
  await kill(world, ["Wait for courier", "waiting"], true);
}

async function inAFunction(world) {
  world.project();
  const handler = "def handler(event, context):\n";
  world.rewrite("functions/price-order/app.py", handler, `${handler}    import time\n    time.sleep(1.5)\n`);
  await kill(world, ["Price order", "running"], false);
}

export default [
  { name: "4 kill the process, start again, carry on", go: inAWait },
  { name: "4 kill it while a function works", go: inAFunction },
];
