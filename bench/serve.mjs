// The Postern that the benches measure: a workspace, one key with a rate limit out of reach, and everything on.
// Prints `READY <origin> <secret>`. With --through-next, Next's catch-all route answers the API; with --api-only, the
// process serves nothing else; with --as-it-is, it makes no workspace, since the database has one.
import { register } from "tsx/esm/api";
import { tellVitals } from "./vitals.mjs";

register();
process.env.NODE_ENV = "production";
const { env } = await import("../lib/platform/env.ts");
const { openDataDir } = await import("../lib/platform/database/open-data-dir.ts");
const { serve } = await import("../server.ts");
const { createWorkspaceWithKey } = await import("./workspace-with-key.ts");

const part = process.argv.includes("--api-only") ? "api" : "all";
let secret = "-";
const serving = await serve({
  dataDir: await openDataDir(env()),
  part,
  development: false,
  apiThroughNext: process.argv.includes("--through-next"),
  prepare: async () => {
    if (!process.argv.includes("--as-it-is")) secret = await createWorkspaceWithKey();
  },
  say: () => {},
});
// `serve` has set the port, which the system chose.
const origin = `http://127.0.0.1:${process.env.PORT}`;
// Once Next has rendered a page, Node 20 follows every promise of the process, as it does wherever pages are looked at.
if (part === "all") await fetch(`${origin}/login`).then((page) => page.text());
// The bench that started this process waits for this line.
console.log(`READY ${origin} ${secret}`);
tellVitals();
process.on("SIGTERM", () => void serving.stop().then(() => process.exit(0)));
