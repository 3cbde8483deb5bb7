// `npm run test:faults`: stages what goes wrong around Postern, such as a database that dies, under load, and prints what
// came of it. `npm run test:faults -- sigterm` stages some, `--quick` those that `npm test` stages, and `--write` keeps the
// figures in docs/faults.md. Each runs on a PostgreSQL server of its own, which it starts and stops.
import { register } from "tsx/esm/api";
import {
  buildPages,
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
  say,
} from "./prepare.mjs";

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));

enterProjectFolder();
await installPackages();
await generateClient();
await bundleServer();
// In their quick form, they need the API alone.
const isQuick = options.includes("--quick");
if (!isQuick) await buildPages();
register();
const { stageFaults } = await import("../faults/run.ts");
const failed = await stageFaults({
  names,
  isQuick,
  isToWrite: options.includes("--write"),
  say,
});
process.exit(failed === 0 ? 0 : 1);
