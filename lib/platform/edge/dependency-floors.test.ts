import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Locked = { version: string; resolved?: string; integrity?: string; inBundle?: boolean };

/** Below these, the package has a published hole that this product's use of it reaches. */
const FLOORS: Record<string, string> = {
  next: "16.4.5",
  sharp: "0.35.5",
  "next-auth": "4.24.15",
  hono: "4.13.0",
  nodemailer: "10.0.5",
};

const NPM = "https://registry.npmjs.org/";
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const locked = Object.entries(lock.packages as Record<string, Locked>);

test.each(Object.entries(FLOORS))("%s is at %s or above", (name, floor) => {
  const copies = locked.filter(([place]) => place.endsWith(`node_modules/${name}`));
  expect(copies).not.toEqual([]);
  for (const [, { version }] of copies) {
    expect(version.localeCompare(floor, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
  }
});

test("packages come from the npm registry and nowhere else, as they were when they were chosen", () => {
  // A bundled package arrives inside another, under that one's checksum.
  const packages = locked.filter(([place, { inBundle }]) => place !== "" && !inBundle);
  const unknown = packages.filter(
    ([, { resolved = NPM, integrity = "" }]) =>
      !resolved.startsWith(NPM) || !integrity.startsWith("sha512-"),
  );
  expect(unknown).toEqual([]);
});

test("Prisma's packages are all of one version", () => {
  const names = ["prisma", "@prisma/client", "@prisma/adapter-pg", "@prisma/driver-adapter-utils"];
  const versions = locked.filter(([place]) => names.includes(place.replace("node_modules/", "")));
  expect(versions).toHaveLength(names.length);
  expect(new Set(versions.map(([, { version }]) => version)).size).toBe(1);
});

test("direct dependencies are pinned exactly", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+/.test(String(version)),
  );
  expect(loose).toEqual([]);
});
