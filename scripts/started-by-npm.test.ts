import { expect, test } from "vitest";
import { startedByNpm } from "./started-by-npm.mjs";

test("npm's own command is told from what a script of npm starts", () => {
  expect(startedByNpm({ npm_lifecycle_script: "node scripts/start.mjs" })).toBe(true);
  expect(startedByNpm({ npm_lifecycle_script: "node scripts/start.mjs --demo" })).toBe(true);
  expect(startedByNpm({})).toBe(false);
  expect(startedByNpm({ npm_lifecycle_script: "sh deploy.sh" })).toBe(false);
  expect(startedByNpm({ npm_lifecycle_script: "node scripts/start.mjs & sleep 1" })).toBe(false);
  expect(startedByNpm({ npm_lifecycle_script: "node scripts/test.mjs" })).toBe(false);
});
