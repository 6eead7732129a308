// A folder with workflows of the sizes that the budgets name, made anew for each measurement.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Workflows by their names: how each is made, and whether it is an Express one. */
const WORKFLOWS = {
  Small: { text: () => definition(5) },
  States1000: { text: () => definition(1_000) },
  Branches1000: { text: () => branches(40, 25) },
  States5000: { text: () => definition(5_000) },
  Megabyte: { text: () => wide(1 << 20) },
  Loop: { text: () => loop(25_000), express: true },
};

export function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-bench-"));
  const lines = ["Transform: AWS::Serverless-2016-10-31", "Resources:"];
  for (const [name, { text, express }] of Object.entries(WORKFLOWS)) {
    const file = `${name}.asl.json`;
    writeFileSync(join(folder, file), text());
    lines.push(`  ${name}:`, "    Type: AWS::Serverless::StateMachine", "    Properties:");
    lines.push(`      DefinitionUri: ${file}`, `      Type: ${express ? "EXPRESS" : "STANDARD"}`);
  }
  writeFileSync(join(folder, "template.yaml"), `${lines.join("\n")}\n`);
  return folder;
}

/** States as people write them: every tenth a choice with a way round, one with two branches, one with a catcher. */
function definition(count, fill = "") {
  const states = {};
  for (let index = 0; index < count; index += 1) states[`Step ${index}`] = state(index, count - 1, fill);
  return JSON.stringify({ StartAt: "Step 0", States: states }, null, 2);
}

function state(index, last, fill) {
  const to = (at) => `Step ${Math.min(at, last)}`;
  const next = to(index + 1);
  if (index === last) return { Type: "Succeed" };
  switch (index % 10) {
    case 3: {
      const large = [
        { Variable: "$.total", IsPresent: true },
        { Variable: "$.total", NumericGreaterThan: 100 },
      ];
      const rule = { And: large, Next: to(index + 4) };
      return { Type: "Choice", Choices: [rule], Default: next };
    }
    case 5: {
      const catcher = { ErrorEquals: ["States.ALL"], Next: to(Math.floor(index / 50) * 50 + 49) };
      const resource = "arn:aws:states:::sqs:sendMessage";
      const parameters = { QueueUrl: "https://queue", "MessageBody.$": "$.order" };
      return { Type: "Task", Resource: resource, Parameters: parameters, Catch: [catcher], Next: next };
    }
    case 7: {
      const branch = (side) => ({
        StartAt: `${side} ${index}`,
        States: { [`${side} ${index}`]: { Type: "Pass", End: true } },
      });
      return { Type: "Parallel", Branches: [branch("Left"), branch("Right")], Next: next };
    }
    default:
      return { Type: "Pass", Comment: `Does step ${index}.${fill}`, Next: next };
  }
}

/** A wide drawing: many states are in sight at once. */
function branches(count, length) {
  const branch = (number) => {
    const names = Array.from({ length }, (_, index) => `Step ${number * length + index}`);
    const states = names.map((name, index) => [
      name,
      { Type: "Pass", ...(index + 1 < length ? { Next: names[index + 1] } : { End: true }) },
    ]);
    return { StartAt: names[0], States: Object.fromEntries(states) };
  };
  const all = { Type: "Parallel", Branches: Array.from({ length: count }, (_, at) => branch(at)), End: true };
  return JSON.stringify({ StartAt: "All", States: { All: all } }, null, 2);
}

/** A text of at least so many bytes, with the states that fit. */
function wide(bytes) {
  const fill = " It says at some length why it is there and what comes of it.";
  const each = definition(1_000, fill).length / 1_000;
  return definition(Math.ceil(bytes / each), fill);
}

/** Two transitions a turn. */
function loop(turns) {
  const rule = { Variable: "$.i", NumericLessThan: turns, Next: "Add" };
  const states = {
    More: { Type: "Choice", Choices: [rule], Default: "Done" },
    Add: { Type: "Pass", Parameters: { "i.$": "States.MathAdd($.i, 1)" }, Next: "More" },
    Done: { Type: "Succeed" },
  };
  const start = { Type: "Pass", Result: { i: 0 }, Next: "More" };
  return JSON.stringify({ StartAt: "Begin", States: { Begin: start, ...states } }, null, 2);
}
