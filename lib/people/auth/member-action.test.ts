import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** They check the caller in their own way, each with its reason beside it. */
const BY_THEMSELVES = ["firstCallAction", "signOutEverywhereAction"];

const EXPORT =
  /^export (?:const (\w+) = (?:member|stranger|open)Action\(|async function (\w+)\(|.*)/gm;

const sources = ["app", "components", "lib"]
  .flatMap((root) => readdirSync(root, { recursive: true }).map((file) => `${root}/${file}`))
  .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

const actionFiles = sources.filter(({ file }) => file.endsWith("/actions.ts"));

test("a browser can call what actions.ts exports, and nothing else", () => {
  expect(actionFiles.length).toBeGreaterThan(8);
  const callable = sources.filter(({ text }) => /^\s*["']use server["']/m.test(text));
  expect(callable).toEqual(actionFiles);
  for (const { text } of actionFiles) expect(text).toMatch(/^"use server";\n/);
});

test("every server action checks its caller and its input in the one way, but for two", () => {
  const exported = actionFiles.flatMap(({ text }) => [...text.matchAll(EXPORT)]);
  expect(exported.length).toBeGreaterThan(40);
  const others = exported.filter(([, built]) => !built).map(([line, , name]) => name ?? line);
  expect(others.sort()).toEqual(BY_THEMSELVES);
});
