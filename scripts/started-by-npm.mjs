import { readFileSync } from "node:fs";

/**
 * Whether npm started this very process, as `npm start` does. Whatever a script of npm starts inherits npm's variables;
 * `npm_lifecycle_script` tells npm's own command from the rest, since it is the command that npm was asked to run.
 * @param {Record<string, string | undefined>} environment
 */
export function startedByNpm(environment = process.env) {
  const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const command = Object.hasOwn(scripts, environment.npm_lifecycle_event ?? "")
    ? scripts[environment.npm_lifecycle_event]
    : undefined;
  return (
    command !== undefined &&
    command.startsWith("node scripts/start.mjs") &&
    environment.npm_lifecycle_script === command
  );
}
