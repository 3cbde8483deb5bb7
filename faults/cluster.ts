import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { startProcess } from "../bench/running-server.mjs";
import { freePort } from "../e2e/free-port";

/** The most connections that the server takes, so that a fault can take them all. */
export const MAX_CONNECTIONS = 60;

/** The database that every fault gets a copy of: the tables, a workspace and a key that may do everything. */
const TEMPLATE = "postern_template";

/** A PostgreSQL server of our own, which faults stop and start. */
export type Cluster = {
  port: number;
  /** The secret of the key that each database has. */
  secret: string;
  /** Makes a database of its own for a fault, and returns its URL. */
  newDatabase: () => Promise<string>;
  /** `immediate` is as if the server had died; `fast` breaks its connections off in good order. */
  stop: (how: "immediate" | "fast") => Promise<void>;
  start: () => Promise<void>;
  remove: () => void;
};

/** Starts a new PostgreSQL server on a free port, or returns null where its programs are missing. */
export async function startCluster(): Promise<Cluster | null> {
  const programs = findPrograms();
  if (!programs) return null;
  const folder = mkdtempSync(path.join(tmpdir(), "postern-faults-"));
  const user = ownerOf(folder);
  const inFolder = { ...user, cwd: folder, stdio: "ignore" } as const;
  // This process has callers to serve meanwhile. `pg_ctl` leaves the server behind, which would keep a pipe open.
  const run = async (program: string, args: string[]) => {
    const [status] = await once(spawn(path.join(programs, program), args, inFolder), "exit");
    if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
  };
  const data = path.join(folder, "data");
  const port = await freePort();
  await run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync"]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=${MAX_CONNECTIONS}`;
  const log = path.join(folder, "log");
  const start = () => run("pg_ctl", ["start", "-w", "-D", data, "-o", options, "-l", log]);
  const stop = (how: string) => run("pg_ctl", ["stop", "-w", "-D", data, "-m", how]);
  await start();
  const urlOf = (name: string) => `postgresql://postgres@127.0.0.1:${port}/${name}`;
  const remove = () => {
    // A fault may have left it stopped. The process may be about to end, so this waits.
    spawnSync(path.join(programs, "pg_ctl"), ["stop", "-D", data, "-m", "immediate"], inFolder);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  let databases = 0;
  const secret = await fillTemplate(urlOf);
  return {
    port,
    secret,
    newDatabase: async () => {
      databases += 1;
      const name = `fault_${databases}`;
      await onServer(urlOf("postgres"), `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
      return urlOf(name);
    },
    stop,
    start,
    remove: () => {
      process.off("exit", remove);
      remove();
    },
  };
}

/** Makes the tables, a workspace and its key in the database that these settings name, and returns the key's secret. */
export async function prepareDatabase(settings: Record<string, string>): Promise<string> {
  const { secret = "", stop } = await startProcess(["bench/serve.mjs", "--api-only"], settings);
  await stop();
  return secret;
}

async function fillTemplate(urlOf: (name: string) => string): Promise<string> {
  await onServer(urlOf("postgres"), `CREATE DATABASE ${TEMPLATE}`);
  return await prepareDatabase({ DATABASE_URL: urlOf(TEMPLATE) });
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** PostgreSQL does not run as root, so there its own user runs it, to whom the folder goes. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"]));
  const user = { uid: idOf("-u"), gid: idOf("-g") };
  chownSync(folder, user.uid, user.gid);
  return user;
}

/** The folder of the newest PostgreSQL's programs; null where there is none, or no user that may run them. */
function findPrograms(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((one) => path.join(debian, one, "bin")),
    ...(process.env.PATH ?? "").split(path.delimiter),
  ];
  const found = folders.find((folder) => existsSync(path.join(folder, "initdb"))) ?? null;
  const isRoot = process.getuid?.() === 0;
  return isRoot && spawnSync("id", ["postgres"]).status !== 0 ? null : found;
}
