import { constants, copyFile, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";

/** The names in a data directory that belong to the process on it, or that a backup or a restore is making. */
export const OF_THE_PROCESS = new Set(["lock", "database-url", "backing-up", "restoring"]);

/** Left out of the database's files: it names the process that has them open. */
const OPEN_MARK = "postmaster.pid";

/** The wait for the database, which may be at a long statement. */
const CONNECT_MS = 60_000;

/**
 * Copies the data directory into `target` as it is at one moment. Meanwhile the database behind `url` runs nothing: a
 * transaction holds the one session that all connections share, so nothing of its files changes. Where this process is
 * killed, the database ends that transaction. Returns for how long it was held, in milliseconds.
 */
export async function copyData(dataDir: string, url: string, target: string): Promise<number> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  await client.connect();
  try {
    // The first one writes what has gathered, while others wait for it no longer than for any statement.
    await client.query("CHECKPOINT");
    await client.query("BEGIN");
    const heldSinceMs = performance.now();
    await client.query("CHECKPOINT");
    await copyFolder(path.join(dataDir, "postgres"), path.join(target, "postgres"));
    await copyBesideDatabase(dataDir, target);
    await client.query("ROLLBACK");
    return performance.now() - heldSinceMs;
  } finally {
    await client.end();
  }
}

/**
 * Copies what else is in the data directory. Calls go on writing to the spool, as they would before a crash. One of its
 * files may vanish: what was in it was stored before the database was held.
 */
async function copyBesideDatabase(dataDir: string, target: string): Promise<void> {
  for (const entry of await readdir(dataDir, { withFileTypes: true })) {
    if (entry.name === "postgres" || OF_THE_PROCESS.has(entry.name)) continue;
    const [from, to] = [path.join(dataDir, entry.name), path.join(target, entry.name)];
    if (entry.isDirectory()) await copyFolder(from, to, copyUnlessGone);
    else if (entry.isFile()) await copyUnlessGone(from, to);
  }
}

async function copyFolder(from: string, to: string, copy = copyOne): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copied] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, copied, copy);
    else if (entry.isFile() && entry.name !== OPEN_MARK) await copy(source, copied);
  }
}

/** Shares the blocks of the file with its copy where the file system can. */
async function copyOne(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
}

async function copyUnlessGone(from: string, to: string): Promise<void> {
  try {
    await copyOne(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
