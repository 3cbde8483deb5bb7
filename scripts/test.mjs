// `npm test`: runs every check and test from a fresh clone. The last line says how many passed and failed.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findBrowser } from "./find-browser.mjs";
import {
  buildPages,
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
  run,
  say,
} from "./prepare.mjs";

const REPORTS = "test-results/reports";
const DEFAULT_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres";
const bin = (path) => `node_modules/${path}`;

const startedAt = Date.now();
let passed = 0;
let failed = 0;

enterProjectFolder();
await installPackages();
await generateClient();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const server = await findServer();
say(
  `Databases: embedded Postgres${server ? ` and ${serverName(server)}` : " (no PostgreSQL server answers)"}`,
);

// The two lanes keep two cores busy; the stories need the pages, and both cores.
let waiting = Promise.resolve();
await Promise.all([pagesLane(), rulesLane()]);
await stories("pages", []);
await waiting;
say(`All steps took ${secondsSince(startedAt)} s`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * Builds the pages that the stories run on, then checks types: the build writes the types of the pages. The stories of
 * processes fit in here, since they mostly wait. A story that waits for five minutes does so beside all that follows.
 */
async function pagesLane() {
  await step("build", async () => {
    await bundleServer();
    await buildPages();
  });
  await check("types", [bin("typescript/bin/tsc"), "--noEmit"]);
  await step("browser", async () => {
    process.env.CHROMIUM_PATH = await findBrowser();
  });
  // Each run of Playwright empties the folder that it writes to.
  waiting = stories("waiting", ["--workers", "1", "--output", "test-results/waiting"]);
  await stories("processes", ["--workers", "1"]);
  await faults();
}

async function rulesLane() {
  await check("lint and format", [
    bin("@biomejs/biome/bin/biome"),
    "check",
    "--error-on-warnings",
    ".",
  ]);
  await check("architecture", ["scripts/check-architecture.mjs"]);
  await check("patterns in linear time", ["scripts/check-patterns.mjs"]);
  await check("dead code and unused packages", [bin("knip/bin/knip.js")]);
  await tests("unit and integration, embedded Postgres", [], {});
  if (!server) return;
  const env = { TEST_DATABASE_URL: server };
  await tests(`integration, ${serverName(server)}`, ["--project", "integration"], env);
  say("  left out there: the unit tests, which use no database");
}

/** Runs a project of `playwright.config.ts`. */
async function stories(project, options) {
  const report = `${REPORTS}/${project}.json`;
  const args = [bin("@playwright/test/cli.js"), "test", "--project", project, ...options];
  const outcome = await attempt(args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  const stats = readReport(report)?.stats;
  const name = `stories, ${project}`;
  // A story is retried for its trace. One that then passes has failed all the same: its cause is a fault.
  count(name, stats ? stats.expected : 0, stats ? stats.unexpected + stats.flaky : 1, outcome);
  for (const story of skippedStories(readReport(report))) say(`  skipped: ${story}`);
}

/** The titles of the stories that were left out, and why. */
function skippedStories(suite) {
  const specs = (suite?.specs ?? []).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === "skipped")
      .map(
        ({ annotations }) => `${title} (${annotations.map((one) => one.description).join(" ")})`,
      ),
  );
  return [...specs, ...(suite?.suites ?? []).flatMap(skippedStories)];
}

/** Stages the quick faults, which print a line each. */
async function faults() {
  const outcome = await attempt(["scripts/faults.mjs", "--quick"], {});
  const [, good, bad] = /(\d+) passed, (\d+) failed/.exec(outcome.output) ?? [];
  count("faults", Number(good ?? 0), outcome.ok ? 0 : Math.max(Number(bad ?? 1), 1), outcome);
  for (const [line] of outcome.output.matchAll(/^- .+$/gm)) say(`  ${line.slice(2)}`);
}

async function tests(name, args, env) {
  const report = `${REPORTS}/${name.replaceAll(/\W+/g, "-")}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const outcome = await attempt([bin("vitest/vitest.mjs"), "run", ...args, ...reporters], env);
  const result = readReport(report);
  const broken = result ? result.numFailedTests + emptySuites(result) : 1;
  count(name, result?.numPassedTests ?? 0, outcome.ok ? broken : Math.max(broken, 1), outcome);
  for (const test of skippedTests(result)) say(`  skipped: ${test}`);
}

/** The names of the tests that did not run, such as those that the embedded database cannot run. */
function skippedTests(result) {
  return (result?.testResults ?? [])
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === "pending" || status === "skipped")
    .map(({ fullName }) => fullName);
}

/** The number of test files that failed before their first test. */
function emptySuites(result) {
  return result.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.length,
  ).length;
}

async function check(name, args) {
  await step(name, () => run(process.execPath, args));
}

async function step(name, work) {
  const startedAt = Date.now();
  try {
    await work();
    count(name, 1, 0, { ok: true, output: "", startedAt });
  } catch (error) {
    count(name, 0, 1, { ok: false, output: error.message, startedAt });
  }
}

async function attempt(args, env) {
  const startedAt = Date.now();
  try {
    return { ok: true, output: await run(process.execPath, args, env), startedAt };
  } catch (error) {
    return { ok: false, output: error.message, startedAt };
  }
}

function count(name, good, bad, { output, startedAt }) {
  passed += good;
  failed += bad;
  if (bad > 0) say(output);
  const sign = bad > 0 ? "✗" : "✓";
  const failures = bad > 0 ? `, ${bad} failed` : "";
  say(`${sign} ${name}: ${good} passed${failures} (${secondsSince(startedAt)} s)`);
}

function secondsSince(startedAt) {
  return ((Date.now() - startedAt) / 1000).toFixed(0);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** The PostgreSQL server for the second run of the integration tests, which makes databases of its own there. */
async function findServer() {
  const named = process.env.TEST_DATABASE_URL;
  if (await answers(named ?? DEFAULT_SERVER)) return named ?? DEFAULT_SERVER;
  if (named) throw new Error(`No PostgreSQL answers at TEST_DATABASE_URL (${serverName(named)}).`);
  return undefined;
}

async function answers(url) {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function serverName(url) {
  const { hostname, port } = new URL(url);
  return `PostgreSQL at ${hostname}:${port || 5432}`;
}
