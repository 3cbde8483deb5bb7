// `npm start`, `npm run dev` (--dev) and `npm run demo` (--demo): everything from a fresh clone to "ready".
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  buildPages,
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
  say,
} from "./prepare.mjs";

const development = process.argv.includes("--dev");
const demo = process.argv.includes("--demo");

enterProjectFolder();
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV = development ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
if (demo) makeThrowAway();

await installPackages();
await generateClient();
await bundleServer();
process.setSourceMapsEnabled(true);
const { env } = await import("../dist/lib/platform/env.js");
const settings = checkSettings();
if (!development) await buildPages();

const { openDataDir } = await import("../dist/lib/platform/database/open-data-dir.js");
const [dataDir, { serve }, { isFirstRun }] = await Promise.all([
  openDataDir(settings),
  import("../dist/server.js"),
  import("../dist/lib/people/accounts/sign-up.js"),
]).catch(giveUp);
const serving = await serve({
  dataDir,
  development,
  apiThroughNext: development,
  prepare: demo ? fillDemo : undefined,
  say,
}).catch(giveUp);
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
stopWithParent();
const firstRun = await isFirstRun();
say(`Ready: ${serving.origin}`);
if (firstRun) say(`First run: create your workspace at ${serving.origin}/signup`);

/** The demo leaves nothing behind, and never touches a real database. */
function makeThrowAway() {
  const folder = mkdtempSync(path.join(tmpdir(), "postern-demo-"));
  process.env.DATA_DIR = folder;
  process.env.DATABASE_URL = "";
  // What the demo makes happen on purpose, such as a mail server that is busy, is no news.
  process.env.LOG_LEVEL ??= "error";
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}

async function fillDemo() {
  say("Filling a demo workspace");
  const { seedDemo } = await import("../dist/prisma/seed.js");
  const people = await seedDemo(new Date());
  for (const { role, email, password } of people) say(`Sign in as ${role}: ${email}  ${password}`);
}

function checkSettings() {
  try {
    return env();
  } catch (error) {
    giveUp(error);
  }
}

/** Whoever sends SIGTERM waits 15 s at most. What was recorded and not yet stored waits in its files. */
const PATIENCE_MS = 14_000;
let stopping = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  say("Stopping: requests under way finish first");
  setTimeout(endAnyway, PATIENCE_MS);
  await serving.stop();
  say("Stopped");
  process.exit(0);
}

/** A database that no longer answers, say, would be waited for without end. */
function endAnyway() {
  say("Stopped before everything was done: the rest waits for the next start");
  process.exit(1);
}

/** `npm start` puts a shell in between, which ends on SIGTERM without passing it on: then so do we. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    void stop();
  }, 200);
  watch.unref();
}

/** A wrong setting or a taken port or folder is the operator's to mend: the message, not a stack trace. */
function giveUp(error) {
  const expected = ["InvalidSettingsError", "DataDirInUseError"].includes(error?.constructor?.name);
  if (error?.code === "EADDRINUSE") say(`Port ${error.port} is taken: set PORT to another one.`);
  else say(expected ? error.message : (error?.stack ?? String(error)));
  process.exit(1);
}
