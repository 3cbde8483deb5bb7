// Makes the database, or brings it to this code's schema: `npm start` runs this in a process of its own when it is needed.
import { enterProjectFolder, loadBundled, say } from "./prepare.mjs";

enterProjectFolder();
const { env } = await loadBundled("env");
const { prepareDatabase } = await loadBundled("prepareDatabase");
try {
  const applied = await prepareDatabase(env());
  if (applied.length > 0) say(`Applied ${applied.length} migration(s)`);
} catch (error) {
  const isExpected = error?.constructor?.name === "DataDirInUseError";
  say(isExpected ? error.message : (error?.stack ?? String(error)));
  process.exit(1);
}
