// A workflow in JSONata: its data by its own stages, what it assigns, and a problem at its place in the expression.
import { mkdirSync, writeFileSync } from "node:fs";
import { same, until } from "../place.mjs";

const WORKFLOW = `QueryLanguage: JSONata
StartAt: Price
States:
  Price:
    Type: Parallel
    Arguments: { net: 100 }
    Branches:
      - StartAt: Tax
        States:
          Tax:
            Type: Pass
            Output: "{% $states.input.net * 0.2 %}"
            End: true
    Output: { gross: "{% $sum([100, $states.result[0]]) %}" }
    Assign: { tax: "{% $states.result[0] %}" }
    Next: Done
  Done:
    Type: Succeed
    Output: "{% $states.input.gross & ' with ' & $tax %}"
`;

async function stages(world) {
  world.project("hello");
  writeFileSync(world.path("hello.asl.yaml"), WORKFLOW);
  mkdirSync(world.path("events"));
  writeFileSync(world.path("events/plain.json"), "{}\n");
  await world.open();
  const { page } = world;
  await world.start("Run", "plain", { trust: false });
  await world.stands("Done", "succeeded");
  await world.state("Price").getByText("Price", { exact: true }).click();
  await world.tab("Data").click();
  const titles = page.locator("[data-stage] > button > span:first-child");
  await until("the stages are there", async () => (await titles.count()) === 5);
  same(
    "the stages",
    (await titles.allTextContents()).join(" "),
    ["Input", "Arguments", "Result", "Output", "Assign"].join(" "),
  );
  await page.locator("[data-stage=assign] > button").click();
  await page.locator("[data-stage=assign]").getByText("20").first().waitFor();
  await world.picture("30-jsonata-stages");

  world.rewrite("hello.asl.yaml", "' & $tax %}", "' & $tax( %}");
  await world.tab("Problems").click();
  await page.getByText('"(" is not closed').first().waitFor();
  await world.picture("31-jsonata-problem");
}

export default [{ name: "11 A workflow in JSONata shows its own stages and problems", go: stages }];
