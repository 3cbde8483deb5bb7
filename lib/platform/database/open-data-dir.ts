import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DataDirInUseError, lockDataDir } from "@/lib/platform/database/data-dir-lock";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import type { Env } from "@/lib/platform/env";
import { keepWasmSmall } from "@/lib/platform/thrifty-heap";

/** The data directory, held by this process alone; `embedded` is null where `DATABASE_URL` names a database. */
export type DataDir = { embedded: EmbeddedDatabase | null; close: () => Promise<void> };

/**
 * Takes the data directory for this process and starts the embedded Postgres in it, unless `DATABASE_URL`
 * names a database. Throws `DataDirInUseError` when another process holds the directory. This file imports
 * next to nothing: the database takes a second to start in its thread, and `npm start` loads the rest meanwhile.
 */
export async function openDataDir(settings: Env): Promise<DataDir> {
  keepWasmSmall();
  const unlock = await lockDataDir(settings.DATA_DIR);
  const embedded = settings.DATABASE_URL
    ? null
    : await startEmbeddedDatabase(embeddedFiles(settings));
  if (embedded) await writeFile(urlFile(settings), embedded.url, { mode: 0o600 });
  return {
    embedded,
    close: async () => {
      await embedded?.close();
      await rm(urlFile(settings), { force: true });
      await unlock();
    },
  };
}

/** Whether there is a database to join: the one `DATABASE_URL` names, or files of the embedded one. Changes nothing. */
export function isThereADatabase(settings: Env): boolean {
  return (
    Boolean(settings.DATABASE_URL) || existsSync(path.join(embeddedFiles(settings), "PG_VERSION"))
  );
}

/**
 * `openDataDir` for a command that runs beside Postern or while it is stopped: where the running process holds
 * the directory, its embedded Postgres is reached by the socket it listens on.
 */
export async function joinDataDir(settings: Env): Promise<DataDir> {
  if (settings.DATABASE_URL) return { embedded: null, close: async () => {} };
  try {
    return await openDataDir(settings);
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    const url = await readFile(urlFile(settings), "utf8");
    const nothing = async () => {};
    return { embedded: { url, close: nothing }, close: nothing };
  }
}

function embeddedFiles(settings: Env): string {
  return path.join(settings.DATA_DIR, "postgres");
}

function urlFile(settings: Env): string {
  return path.join(settings.DATA_DIR, "database-url");
}
