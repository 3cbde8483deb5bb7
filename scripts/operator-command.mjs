// A command for whoever runs Postern, such as `npm run reset-password`, beside the running product or without it.
import { existsSync } from "node:fs";
import { isMendable } from "./last-words.mjs";
import {
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
  loadBundled,
  say,
} from "./prepare.mjs";

/**
 * Runs the function `name` of a bundled module with the command's argument and the folder that it was given in, and ends
 * the process. npm changes the folder, and says in INIT_CWD which one it was.
 */
export async function runOperatorCommand(module, name) {
  const isNpms = process.env.npm_lifecycle_script?.startsWith("node scripts/");
  const folder = (isNpms && process.env.INIT_CWD) || process.cwd();
  enterProjectFolder();
  if (existsSync(".env")) process.loadEnvFile(".env");
  process.env.NODE_ENV = "production";
  await installPackages();
  await generateClient();
  await bundleServer();
  const { [name]: command } = await loadBundled(module);
  process.exit((await command(process.argv[2], say, folder).catch(giveUp)) ? 0 : 1);
}

/** Says what the operator can mend in its own words; the rest is for us, with its stack trace. */
function giveUp(error) {
  if (!isMendable(error)) throw error;
  say(error.message);
  return false;
}
