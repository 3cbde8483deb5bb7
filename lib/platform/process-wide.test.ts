import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const USE = /processWide(?:<[^(]*>)?\(\s*(?:"([^"]+)"|`([^`]+)`)/g;

test("no two values of the process have the same name: one would be taken for the other", () => {
  const names = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => [...readFileSync(`lib/${file}`, "utf8").matchAll(USE)])
    .map(([, plain, filled]) => plain ?? filled);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
