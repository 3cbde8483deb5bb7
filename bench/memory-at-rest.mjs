// `node bench/memory-at-rest.mjs [minutes]`: the memory of each kind of process that has nothing to do, and how much of it
// is left after so many minutes of light use. Needs a PostgreSQL server, which DATABASE_URL names, and Linux.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";

const [MINUTES = 0] = process.argv.slice(2).map(Number).filter(Boolean);
const SETTLED_MS = 60_000;
const MINUTE_MS = 60_000;
const CALL_EVERY_MS = 2_000;

const KINDS = [
  { name: "`npm start`, embedded database", args: [], embedded: true },
  { name: "`npm start`", args: [] },
  { name: "`npm run start:web`", args: ["--web"] },
  { name: "`npm run start:api`", args: ["--api"] },
  { name: "`npm run start:worker`", args: ["--worker"] },
];

// All at once: they have nothing to do, and an hour of each after the other would be most of a day.
const rows = await Promise.all(KINDS.map(rowOf));
const use = MINUTES > 0 ? [`after ${MINUTES} minutes of use`] : [];
showTable(
  "memory-at-rest",
  ["", "first start", "second start", "with its children", ...use],
  rows,
  "Resident memory a minute after the start;",
);

async function rowOf(kind, at) {
  if (kind.embedded) return await measure(kind, "");
  let row;
  await withDatabase(`at_rest_${at}`, async (url) => {
    row = await measure(kind, url);
  });
  return row;
}

async function measure({ name, args }, url) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "postern-at-rest-"));
  const first = await start(args, url, dataDir);
  await pause(SETTLED_MS);
  const afterFirst = rssMb(first.pid);
  await first.stop();
  const second = await start(args, url, dataDir);
  await pause(SETTLED_MS);
  const seen = [afterFirst, rssMb(second.pid), withChildrenMb(second.pid)];
  if (MINUTES > 0) seen.push(await afterUse(second));
  await second.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return [name, ...seen.map((mb) => `${Math.round(mb)} MB`)];
}

/** Calls that no key is recognised in take the whole way through the gate to the count of such calls. */
async function afterUse({ pid, origin }) {
  const untilMs = performance.now() + MINUTES * MINUTE_MS;
  while (performance.now() < untilMs) {
    await fetch(`${origin}/api/v1/me`).then((answer) => answer.text());
    await pause(CALL_EVERY_MS);
  }
  return rssMb(pid);
}

async function start(args, url, dataDir) {
  const child = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    env: {
      ...process.env,
      PORT: "0",
      DATABASE_URL: url,
      DATA_DIR: dataDir,
      AUTH_SECRET: "bench ".repeat(8),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const origin = await ready(child);
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { pid: child.pid, origin, stop };
}

async function ready(child) {
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    const said = /^Ready: (\S+)/m.exec(String(chunk));
    if (said) {
      child.stdout.resume();
      return said[1];
    }
  }
  throw new Error("The server did not start.");
}

function rssMb(pid) {
  return statusOf(pid, "VmRSS") / 1_024;
}

function withChildrenMb(pid) {
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isChild(name, pid));
  return rssMb(pid) + children.reduce((sum, child) => sum + withChildrenMb(Number(child)), 0);
}

function isChild(name, pid) {
  try {
    return statusOf(name, "PPid") === pid;
  } catch {
    return false;
  }
}

function statusOf(pid, field) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
}
