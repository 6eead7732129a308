// A page of another site tries each door of a running studio.
import { createServer } from "node:http";
import { holds, same } from "../place.mjs";

/** Each door: what a page of another site sends, even if it knew the token. */
const DOORS = [
  { path: "/api/call", method: "POST", type: "application/json" },
  { path: "/api/call", method: "POST", type: "text/plain" },
  { path: "/api/events", method: "GET" },
  { path: "/index.html", method: "GET" },
];

async function foreign(world) {
  world.project();
  const studio = await world.studio();
  world.expected.push(/CORS|ERR_FAILED|403|421|preflight/);
  const site = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end("<!doctype html><title>Another site</title>");
  });
  await new Promise((done) => site.listen(0, "127.0.0.1", done));
  try {
    await world.page.goto(`http://localhost:${site.address().port}/`);
    for (const door of DOORS) {
      for (const token of [null, studio.token]) {
        const seen = await world.page.evaluate(knock, { ...door, token, origin: studio.origin });
        same(
          `${door.method} ${door.path} ${door.type ?? ""} ${token ? "with the key" : ""}`,
          seen,
          "nothing",
        );
      }
    }
  } finally {
    site.close();
  }
  const { project } = await studio.call("project.current");
  same("the folder is not trusted by it", project.trusted, false);

  const headers = { authorization: `Bearer ${studio.token}`, "content-type": "application/json" };
  const body = JSON.stringify({ method: "project.current", params: {} });
  const ask = (more) =>
    fetch(`${studio.origin}/api/call`, { method: "POST", body, headers: { ...headers, ...more } });
  same("its own page is let in", (await ask({ origin: studio.origin })).status, 200);
  for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1"]) {
    const answer = await ask({ origin });
    holds(`Origin ${origin} is refused: ${answer.status}`, answer.status === 403);
  }
  const without = await fetch(`${studio.origin}/api/call`, { method: "POST", body });
  same("without the key", without.status, 401);
}

/** In the page: what it can do or learn. */
async function knock({ origin, path, method, type, token }) {
  try {
    const answer = await fetch(origin + path, {
      method,
      headers: {
        ...(type ? { "content-type": type } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: method === "POST" ? '{"method":"project.trust","params":{"trusted":true}}' : undefined,
    });
    return `${answer.status} ${(await answer.text()).slice(0, 80)}`;
  } catch {
    return "nothing";
  }
}

export default [{ name: "7 a page of another site tries each door", go: foreign }];
