// Makes the database, or brings it to this code's schema: `npm start` runs this in a process of its own when it is needed.
import { lastWords } from "./last-words.mjs";
import { enterProjectFolder, loadBundled, say } from "./prepare.mjs";

enterProjectFolder();
const { env } = await loadBundled("env");
const { prepareDatabase } = await loadBundled("prepareDatabase");
try {
  const applied = await prepareDatabase(env());
  if (applied.length > 0) say(`Applied ${applied.length} migration(s)`);
  // Prisma's schema engine leaves a timer of ten seconds behind, which would keep the process.
  process.exit(0);
} catch (error) {
  say(lastWords(error, { plain: true, now: new Date() }));
  process.exit(1);
}
