import { readFileSync } from "node:fs";

/**
 * True where npm started this very process, as `npm start` does. Whatever a script of npm starts inherits npm's variables;
 * `npm_lifecycle_script` tells npm's own command from the rest, since it is the command that npm was asked to run.
 * @param {{ npm_lifecycle_script?: string | undefined }} environment
 */
export function startedByNpm({ npm_lifecycle_script: command = "" } = process.env) {
  const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return command.startsWith("node scripts/start.mjs") && Object.values(scripts).includes(command);
}
