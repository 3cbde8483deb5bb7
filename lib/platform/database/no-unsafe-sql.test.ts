import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const FOLDERS = ["app", "components", "lib", "scripts", "bench"];
/** Spelled in two parts, so that this file is none of what it looks for. */
const UNSAFE = new RegExp(`\\$(?:queryRaw|executeRaw)${"Unsafe"}`);

test("no SQL is put together as text: values go to the database beside the statement", () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
      path.join(folder, file),
    ),
  ).filter((file) => /\.(ts|tsx|mjs)$/.test(file));
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => UNSAFE.test(readFileSync(file, "utf8")))).toEqual([]);
});
