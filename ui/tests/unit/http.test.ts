// The HTTP door: where the token goes and where it does not, and what a broken stream does.
import { describe, expect, it, vi } from "vitest";
import type { StudioEvent } from "../../src/transport/contract";
import { HttpTransport } from "../../src/transport/http";
import { dropToken, type Page, takeToken } from "../../src/transport/token";
import type { CallFailure, Connection } from "../../src/transport/transport";

function page(hash: string, stored: Record<string, string> = {}) {
  const store = new Map(Object.entries(stored));
  const replaceState = vi.fn();
  const fake: Page = {
    location: { hash, pathname: "/", search: "" },
    history: { replaceState },
    sessionStorage: {
      getItem: (key) => store.get(key) ?? null,
      setItem: (key, value) => void store.set(key, value),
      removeItem: (key) => void store.delete(key),
    },
  };
  return { page: fake, store, replaceState };
}

describe("the token", () => {
  it("moves from the fragment to the tab's storage", () => {
    const { page: at, store, replaceState } = page("#token=abc");
    expect(takeToken(at)).toBe("abc");
    expect([...store.values()]).toEqual(["abc"]);
    expect(replaceState).toHaveBeenCalledWith(null, "", "/");
  });

  it("is found again after a reload, and a new one replaces it", () => {
    const first = page("#token=abc");
    takeToken(first.page);
    expect(takeToken(page("", Object.fromEntries(first.store)).page)).toBe("abc");
    expect(takeToken(page("#token=def", Object.fromEntries(first.store)).page)).toBe("def");
  });

  it("is forgotten once it is refused", () => {
    const { page: at } = page("#token=abc");
    takeToken(at);
    dropToken(at);
    expect(takeToken({ ...at, location: { ...at.location, hash: "" } })).toBeNull();
  });
});

type Answer = () => Response | Promise<Response>;

function transport(answers: Answer[], token: string | null = "abc") {
  const requests: { url: string; init: RequestInit }[] = [];
  const pauses: number[] = [];
  const refused = vi.fn();
  const http = new HttpTransport({
    token,
    refused,
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      const answer = answers.shift();
      if (!answer) return new Promise<Response>(() => {});
      return answer();
    },
    pause: async (ms) => void pauses.push(ms),
  });
  return { http, requests, pauses, refused };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

describe("a call", () => {
  it("carries the token in a header, never in the address", async () => {
    const { http, requests } = transport([json({ result: { problem: null, offset: null, bytes: 2 } })]);
    expect(await http.call("json.check", { text: "{}" })).toEqual({ problem: null, offset: null, bytes: 2 });
    const [request] = requests;
    expect(request?.url).toBe("/api/call");
    expect(new Headers(request?.init.headers).get("authorization")).toBe("Bearer abc");
    expect(request?.init.body).toBe('{"method":"json.check","params":{"text":"{}"}}');
  });

  it.each([
    ["a refusal", json({ error: { code: "a.b", message: "No.", hint: "Do." } }, 400), "a.b", "Do."],
    ["no JSON", () => new Response("oops", { status: 502 }), "transport.failed", null],
    ["no answer", () => Promise.reject(new TypeError("network")), "transport.failed", null],
  ])("fails with a code: %s", async (_what, answer, code, hint) => {
    const failure = await transport([answer])
      .http.call("app.info", {})
      .catch((thrown: CallFailure) => thrown);
    expect(failure).toMatchObject({ code, hint });
  });
});

function stream(...pieces: string[]): Answer {
  return () => {
    const bytes = new TextEncoder().encode(pieces.join(""));
    // Cut in the middle of everything, characters of two bytes included.
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
      bytes.slice(i * 7, i * 7 + 7),
    );
    return new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      }),
    );
  };
}

function listen(answers: Answer[], token: string | null = "abc") {
  const made = transport(answers, token);
  const states: Connection[] = [];
  const events: StudioEvent[] = [];
  const stop = made.http.subscribe({
    connection: (state) => states.push(state),
    events: (batch) => events.push(...batch),
  });
  return { ...made, states, events, stop };
}

describe("the event stream", () => {
  it("gives batches, skips heartbeats, and connects again with the token", async () => {
    const notice = '[{"event":"notice","severity":"info","message":"grün"}]\n';
    const { states, events, requests, stop } = listen([
      stream("\n", notice, "\n", '[{"event":"runsChanged"}]\n'),
    ]);
    await vi.waitFor(() => expect(requests.length).toBe(2));
    stop();
    expect(events).toEqual([
      { event: "notice", severity: "info", message: "grün" },
      { event: "runsChanged" },
    ]);
    expect(states).toEqual(["connecting", "online", "offline"]);
    for (const request of requests) {
      expect(new Headers(request.init.headers).get("authorization")).toBe("Bearer abc");
    }
  });

  it("waits longer after each failure, and begins anew after a success", async () => {
    const fail: Answer = () => Promise.reject(new TypeError("network"));
    const { pauses, stop } = listen([fail, fail, fail, stream("\n"), fail]);
    await vi.waitFor(() => expect(pauses.length).toBe(5));
    stop();
    expect(pauses).toEqual([250, 500, 1_000, 250, 500]);
  });

  it.each([
    ["without a token", [], null],
    ["with a refused one", [() => new Response("", { status: 401 })], "old"],
  ])("says so and stays quiet %s", async (_what, answers, token) => {
    const { states, requests } = listen([...(answers as Answer[])], token);
    await vi.waitFor(() => expect(states.at(-1)).toBe("unauthorised"));
    expect(requests.length).toBe(answers.length);
  });
});
