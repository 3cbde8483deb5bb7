import { expect, test } from "vitest";
import { startedByNpm } from "./started-by-npm.mjs";

test("npm's own command is told from what a script of npm starts", () => {
  const npm = { npm_lifecycle_event: "start", npm_lifecycle_script: "node scripts/start.mjs" };
  expect(startedByNpm(npm)).toBe(true);
  const demo = {
    npm_lifecycle_event: "demo",
    npm_lifecycle_script: "node scripts/start.mjs --demo",
  };
  expect(startedByNpm(demo)).toBe(true);
  expect(startedByNpm({})).toBe(false);
  expect(startedByNpm({ ...npm, npm_lifecycle_script: "sh deploy.sh" })).toBe(false);
  expect(startedByNpm({ npm_lifecycle_event: "test", npm_lifecycle_script: "vitest" })).toBe(false);
  expect(startedByNpm({ npm_lifecycle_event: "toString" })).toBe(false);
});
