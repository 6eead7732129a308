// Who may import whom inside src, and how long a file may be: rules of the house, held by a test.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");
const MOST_LINES = 300;

/** Folder → folders that it may import from, besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  transport: [],
  session: ["transport"],
  design: [],
  canvas: ["session", "design", "transport/contract"],
  inspector: ["session", "design", "transport/contract"],
  editor: ["session", "design", "transport/contract"],
  debugger: ["session", "design", "transport/contract"],
  shell: ["canvas", "inspector", "editor", "debugger", "session", "design", "transport"],
  "": ["shell", "session", "design", "transport"],
};

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));

function imports(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function folderOf(file: string): string {
  const parts = file.split("/");
  return parts.length > 1 ? (parts[0] ?? "") : "";
}

/** What a file imports that it must not. */
function trespasses(file: string, imported: string[]): string[] {
  const folder = folderOf(file);
  return imported.filter((name) => {
    if (!name.startsWith(".")) return isForeign(folder, file, name);
    const target = relative(SRC, resolve(SRC, dirname(file), name));
    if (folderOf(target) === folder) return false;
    return !(ALLOWED[folder] ?? []).some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
  });
}

function isForeign(folder: string, file: string, name: string): boolean {
  if (name.startsWith("@tauri-apps/")) return folder !== "transport";
  const react = name === "react" || name.startsWith("react/") || name.startsWith("react-dom");
  if (react) return folder === "transport" || (folder === "session" && file !== "session/hooks.ts");
  return false;
}

describe("imports", () => {
  it.each(FILES)("%s keeps to its folder's arrows", (file) => {
    expect(trespasses(file, imports(file))).toEqual([]);
  });

  it.each([
    ["canvas/Card.tsx", "../editor/CodeView", false],
    ["canvas/Card.tsx", "../session/hooks", true],
    ["canvas/Card.tsx", "../transport/http", false],
    ["canvas/Card.tsx", "@tauri-apps/api/core", false],
    ["design/Button.tsx", "../session/hooks", false],
    ["session/run.ts", "react", false],
    ["session/hooks.ts", "react", true],
    ["shell/Window.tsx", "../canvas/Canvas", true],
  ])("%s importing %s: %s", (file, imported, allowed) => {
    expect(trespasses(file, [imported]).length === 0).toBe(allowed);
  });
});

describe("files", () => {
  it.each(FILES.filter((file) => file !== "transport/contract.ts"))(
    "%s is short and says what it is",
    (file) => {
      const lines = readFileSync(join(SRC, file), "utf8").split("\n");
      expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
      expect(lines[0]).toMatch(/^\/\/ \S/);
    },
  );
});
