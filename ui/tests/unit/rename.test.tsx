// A name that the core refuses: said at the field, which stays open with what was typed.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { NameField } from "../../src/canvas/nodes/NameField";
import { SessionContext } from "../../src/session/hooks";
import { Session } from "../../src/session/session";
import { CallFailure } from "../../src/transport/transport";
import { DOCUMENT, exampleCore } from "../fixtures/core";

afterEach(cleanup);

const MESSAGE = "A state's name has 1 to 80 characters; this one has none";

async function renaming() {
  const core = exampleCore({
    "document.edit": ({ edit }) => {
      if (edit.kind === "renameState" && edit.to === "") {
        throw new CallFailure({ code: "document.edit", message: MESSAGE });
      }
      const status = session.documents.front?.status.get();
      if (!status) throw new Error("no document");
      return { version: 2, select: null, status };
    },
  });
  const session = new Session(core);
  session.start();
  await vi.waitFor(() => expect(session.documents.front?.path).toBe(DOCUMENT));
  render(
    <SessionContext.Provider value={session}>
      <NameField stateKey="Refund" name="Refund" />
    </SessionContext.Provider>,
  );
  act(() => session.selection.renaming.set("Refund"));
  const field = () => screen.queryByRole<HTMLInputElement>("textbox", { name: "State name" });
  const type = (value: string) => {
    const input = field();
    if (!input) throw new Error("no field");
    fireEvent.input(input, { target: { value } });
    return input;
  };
  const asked = () => core.calls.filter(({ method }) => method === "document.edit").length;
  return { session, field, type, asked };
}

it.each(["Enter", "blur"])("stays open with why, on %s", async (by) => {
  const { session, field, type, asked } = await renaming();
  const input = type("  ");
  if (by === "Enter") fireEvent.keyDown(input, { key: "Enter" });
  fireEvent.blur(input);
  expect((await screen.findByRole("alert")).textContent).toBe(MESSAGE);
  expect(asked()).toBe(1);
  expect(field()?.value).toBe("  ");
  expect(session.notices.list.get()).toEqual([]);
  fireEvent.keyDown(type("Pay back"), { key: "Enter" });
  await vi.waitFor(() => expect(field()).toBeNull());
});

it("takes the words away as soon as another name is typed, and closes on Escape", async () => {
  const { field, type, asked } = await renaming();
  fireEvent.keyDown(type(""), { key: "Enter" });
  await screen.findByRole("alert");
  const input = type("R");
  expect(screen.queryByRole("alert")).toBeNull();
  fireEvent.keyDown(input, { key: "Escape" });
  expect(field()).toBeNull();
  expect(asked()).toBe(1);
});
