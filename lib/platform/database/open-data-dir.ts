import path from "node:path";
import { lockDataDir } from "@/lib/platform/database/data-dir-lock";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import type { Env } from "@/lib/platform/env";

/** The data directory, held by this process alone; `embedded` is null where `DATABASE_URL` names a database. */
export type DataDir = { embedded: EmbeddedDatabase | null; close: () => Promise<void> };

/**
 * Takes the data directory for this process and starts the embedded Postgres in it, unless `DATABASE_URL`
 * names a database. Throws `DataDirInUseError` when another process holds the directory. This file imports
 * next to nothing: the database takes a second to start in its thread, and `npm start` loads the rest meanwhile.
 */
export async function openDataDir(settings: Env): Promise<DataDir> {
  const unlock = await lockDataDir(settings.DATA_DIR);
  const embedded = settings.DATABASE_URL
    ? null
    : await startEmbeddedDatabase(path.join(settings.DATA_DIR, "postgres"));
  return {
    embedded,
    close: async () => {
      await embedded?.close();
      await unlock();
    },
  };
}
