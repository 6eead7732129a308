// Change rules, retriers and states through the forms and on the canvas, by pointer and by keyboard; after each
// gesture the file differs by what was meant, and by nothing else.
import { same, until } from "../place.mjs";

const FILE = "workflows/order-fulfilment.asl.json";

/** What a gesture changed in the text, line by line; the gesture is taken back afterwards. */
function gestures(world, studio) {
  const status = async () => (await studio.call("document.open", { document: FILE })).status;
  return async (what, act, lines) => {
    await act();
    await until(`${what} is done`, async () => (await status()).dirty);
    await studio.call("document.save", { document: FILE });
    same(what, world.diff(), lines);
    await studio.call("document.undo", { document: FILE });
    await studio.call("document.save", { document: FILE });
    same(`${what} is taken back`, world.diff(), []);
    // The form follows a moment later where changes come as fast as these do, and nothing tells when it has.
    await world.page.waitForTimeout(500);
  };
}

async function rules(world) {
  world.project();
  const studio = await world.open();
  const gesture = gestures(world, studio);
  const { page } = world;
  await world.state("In stock?").waitFor();
  await world.button("Fit").click();
  await world.state("In stock?").click();
  await page.getByRole("region", { name: "Rule 2" }).waitFor();
  await world.picture("91-rules");
  await gesture("another operator, from the keyboard", async () => {
    await page.getByRole("combobox", { name: "Rule 1: operator" }).press("Enter");
    await page.getByRole("option", { name: "is more than" }).press("Enter");
  }, [
    '-          "NumericGreaterThanEqualsPath": "$.quote.qty",',
    '+          "NumericGreaterThanPath": "$.quote.qty",',
  ]);
  await gesture(
    "a value instead of a path",
    () => page.getByRole("button", { name: "Rule 1: compare with what is at a path" }).click(),
    [
      '-          "NumericGreaterThanEqualsPath": "$.quote.qty",',
      '+          "NumericGreaterThanEquals": 0,',
    ],
  );
  await gesture(
    "or instead of and",
    () => page.getByRole("button", { name: "Rule 2: joined by and, change to or" }).first().click(),
    ['-          "And": [', '+          "Or": ['],
  );
  await gesture("a condition less", async () => {
    await page.getByLabel("Rule 2, condition 2: variable").focus();
    await page.getByRole("button", { name: "Remove Rule 2, condition 2" }).click();
  }, ['-            { "Variable": "$.acceptPartial", "BooleanEquals": true },']);
  await gesture("a retrier that tries more often", async () => {
    await world.state("Refund").click();
    await world.tab("Errors").click();
    const attempts = page.getByRole("region", { name: "Retrier 1" }).getByLabel("Attempts");
    await attempts.fill("5");
    await attempts.press("Enter");
  }, ['-          "MaxAttempts": 2,', '+          "MaxAttempts": 5,']);
  await world.state("Charge card").click();
  await world.picture("92-errors");
  await world.tab("State").click();
  await page.getByRole("combobox", { name: "Function" }).waitFor();
  await world.picture("93-task");
}

async function canvas(world) {
  world.project();
  const studio = await world.open();
  const gesture = gestures(world, studio);
  const { page } = world;
  await world.state("In stock?").waitFor();
  await world.button("Fit").click();
  await world.state("Refund").waitFor();
  const middle = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  const pull = async (from, to, picture) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 6 });
    if (picture) await world.picture(picture);
    await page.mouse.up();
  };

  await gesture("a transition pulled from a state's handle", async () => {
    await world.state("Back order").hover();
    const handle = page.getByRole("button", { name: "Lead Back order to another state" });
    await pull(await middle(handle), await middle(world.state("Refund")), "94-pull");
  }, ['-      "Next": "Done"', '+      "Next": "Refund"']);
  await gesture("the same from the menu, by keyboard", async () => {
    await world.state("Back order").click();
    await page.getByRole("button", { name: "What can be done with Back order" }).press("Enter");
    await page.getByRole("menuitem", { name: "Lead to" }).press("ArrowRight");
    await page.getByRole("menuitem", { name: "Refund" }).press("Enter");
  }, ['-      "Next": "Done"', '+      "Next": "Refund"']);
  await gesture("the end of a transition, led elsewhere", async () => {
    const end = page.getByRole("button", { name: /from Refund to Order failed elsewhere/ });
    // The drawing glides to its place after the undo before, so the line is looked for until it is met.
    await until("the end of the line can be taken", async () => {
      const [x, y] = await middle(world.state("Refund"));
      const { height } = await world.state("Refund").boundingBox();
      await page.mouse.move(x, y + height / 2 + 10);
      await page.mouse.move(x, y + height / 2 + 11);
      return end.isVisible();
    });
    await pull(await middle(end), await middle(world.state("Done")));
  }, ['-      "Next": "Order failed"', '+      "Next": "Done"']);
  await gesture("another start", async () => {
    await world.state("In stock?").click({ button: "right" });
    await world.picture("95-menu");
    await page.getByRole("menuitem", { name: "Make this the start" }).click();
  }, ['-  "StartAt": "Price order",', '+  "StartAt": "In stock?",']);
  await gesture("a function from the list, dropped between two states", async () => {
    await world.tab("Add").click();
    const [x, y] = await middle(world.state("Refund"));
    const { height } = await world.state("Refund").boundingBox();
    const row = page.getByRole("button", { name: "Add charge-card" });
    await pull(await middle(row), [x + 10, y + height / 2 + 11], "96-drop");
  }, [
    '+      "Next": "Charge card 2"',
    "+    },",
    '+    "Charge card 2": {',
    '+      "Type": "Task",',
    '+      "Resource": "arn:aws:states:::lambda:invoke",',
    '+      "Parameters": {',
    '+        "FunctionName": "${ChargeCardFunctionArn}",',
    '+        "Payload.$": "$"',
    "+      },",
  ]);
  const copy = [
    '+    "Order rejected 2": {',
    '+      "Comment": "The customer has to change something.",',
    '+      "Type": "Fail",',
    '+      "ErrorPath": "$.failure.Error",',
    '+      "CausePath": "$.failure.Cause"',
    "+    },",
  ];
  const select = async () => {
    await world.state("Order rejected").click();
    await page.getByRole("textbox", { name: "Name of the state" }).waitFor();
  };
  await gesture(
    "a duplicate",
    async () => {
      await select();
      await page.keyboard.press("Control+d");
    },
    copy,
  );
  await gesture(
    "a copy, pasted",
    async () => {
      await select();
      await page.keyboard.press("Control+c");
      await until("it is copied", () =>
        page.evaluate(() => navigator.clipboard.readText().then((text) => text.includes("Order rejected"))),
      );
      await page.keyboard.press("Control+v");
    },
    copy,
  );
  await gesture("another type", async () => {
    await world.state("Done").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Change into" }).press("ArrowRight");
    await page.getByRole("menuitem", { name: "Pass" }).press("Enter");
  }, [
    '-      "Type": "Succeed",',
    '-      "OutputPath": "$.result"',
    '+      "Type": "Pass",',
    '+      "OutputPath": "$.result",',
    '+      "End": true',
  ]);
}

export default [
  { name: "9 rules and retriers as sentences", go: rules },
  { name: "9 connect, copy, drop and change on the canvas", go: canvas },
];
