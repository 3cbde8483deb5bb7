// `npm start`, `npm run dev` (--dev), `npm run demo` (--demo), and `npm run start:web`, `start:api` and `start:worker`
// (--web, --api, --worker): everything from a fresh clone to "ready".
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { lastWords } from "./last-words.mjs";
import {
  buildPages,
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
  loadBundled,
  run,
  say,
} from "./prepare.mjs";
import { startedByNpm } from "./started-by-npm.mjs";
import { traceToSources } from "./trace-to-sources.mjs";

const parent = process.ppid;
const development = process.argv.includes("--dev");
const demo = process.argv.includes("--demo");
const part = ["web", "api", "worker"].find((one) => process.argv.includes(`--${one}`)) ?? "all";
const hasPages = part === "all" || part === "web";

enterProjectFolder();
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV = development ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
if (demo) makeThrowAway();

await installPackages().then(generateClient).then(bundleServer).catch(giveUp);
traceToSources("dist/");
const { env } = await loadBundled("env");
const settings = checkSettings();
if (!development && hasPages) await buildPages().catch(giveUp);

await prepareDatabase().catch(giveUp);
const { openDataDir } = await loadBundled("openDataDir");
const [dataDir, { serve }] = await Promise.all([
  openDataDir(settings),
  loadBundled("server"),
]).catch(giveUp);
const serving = await serve({
  dataDir,
  part,
  development,
  apiThroughNext: development,
  prepare: demo ? fillDemo : undefined,
  say,
}).catch(giveUp);
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
if (startedByNpm()) stopWithParent();
const firstRun = hasPages && (await (await loadBundled("signUp")).isFirstRun());
say(serving.readyLine);
if (firstRun) say(`First run: create your workspace at ${serving.origin}/signup`);

/** Gives the demo a folder of its own, which is removed when it ends. The demo never touches a real database. */
function makeThrowAway() {
  const folder = mkdtempSync(path.join(tmpdir(), "postern-demo-"));
  process.env.DATA_DIR = folder;
  process.env.DATABASE_URL = "";
  // Nobody in the demo is real, so no mail may leave.
  process.env.SMTP_URL = "";
  // The demo causes failures on purpose, such as a busy mail server. Its log would only repeat them.
  process.env.LOG_LEVEL ??= "error";
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}

async function fillDemo() {
  say("Filling a demo workspace");
  const { seedDemo } = await loadBundled("seed");
  const people = await seedDemo(new Date());
  for (const { role, email, password } of people) say(`Sign in as ${role}: ${email}  ${password}`);
}

/** Makes or upgrades the database in a process of its own, whose memory goes with it. */
async function prepareDatabase() {
  const { isPrepared, checkGrants } = await loadBundled("prepareDatabase");
  if (await isPrepared(settings)) return;
  await checkGrants(settings);
  say("Preparing the database");
  say((await run(process.execPath, ["scripts/prepare-database.mjs"])).trim());
}

function checkSettings() {
  try {
    const settings = env();
    if (part === "all" || settings.DATABASE_URL) return settings;
  } catch (error) {
    giveUp(error);
  }
  return giveUp(
    `Set DATABASE_URL: start:${part} runs beside other processes, and the built-in database serves only one.`,
  );
}

/**
 * SIGTERM ends the process within 15 s, after the delay that the settings give a proxy to notice. Calls that are recorded
 * but not yet stored wait in their files.
 */
const PATIENCE_MS = 14_000;
let stopping = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  say("Stopping: requests under way finish first");
  await serving.announceStop();
  setTimeout(endAnyway, PATIENCE_MS);
  await serving.stop();
  say("Stopped");
  process.exit(0);
}

/** Ends the process although something never ends, such as a query to a database that no longer answers. */
function endAnyway() {
  say("Stopped before everything was done: the rest waits for the next start");
  process.exit(1);
}

/**
 * Stops when npm is gone: the shell that `npm start` runs us in does not pass SIGTERM on. Whatever else started us may
 * end without us, such as a script that ends in `node scripts/start.mjs &`.
 */
function stopWithParent() {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    void stop();
  }, 200);
  watch.unref();
}

/** Ends the process, and says why: on a terminal to people, elsewhere to who reads the log. */
function giveUp(error) {
  say(lastWords(error, { plain: development || process.stdout.isTTY, now: new Date() }));
  process.exit(1);
}
