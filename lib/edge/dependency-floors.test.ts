import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Locked = { version: string; resolved?: string; integrity?: string };

/** Below these, the package has a published hole that this product's use of it reaches. */
const FLOORS: Record<string, string> = {
  next: "16.4.5",
  sharp: "0.35.5",
  "next-auth": "4.24.15",
  hono: "4.13.0",
};

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const locked = Object.entries(lock.packages as Record<string, Locked>);

test.each(Object.entries(FLOORS))("%s is at %s or above", (name, floor) => {
  const copies = locked.filter(([place]) => place.endsWith(`node_modules/${name}`));
  for (const [, { version }] of copies) {
    expect(version.localeCompare(floor, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
  }
});

test("packages come from the npm registry and nowhere else", () => {
  const foreign = locked.filter(
    ([, { resolved }]) => resolved && !resolved.startsWith("https://registry.npmjs.org/"),
  );
  expect(foreign).toEqual([]);
});

test("direct dependencies are pinned exactly", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+/.test(String(version)),
  );
  expect(loose).toEqual([]);
});
