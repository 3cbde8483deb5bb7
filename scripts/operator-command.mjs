// A command for whoever runs Postern, such as `npm run reset-password`, beside the running product or without it.
import { existsSync } from "node:fs";
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

/** The operator can mend a wrong setting, so it prints no stack trace. */
function giveUp(error) {
  if (error?.constructor?.name !== "InvalidSettingsError") throw error;
  say(error.message);
  return false;
}
