import path from "node:path";
import { connectTo } from "@/lib/platform/database/connect";
import { isThereADatabase, joinDataDir } from "@/lib/platform/database/open-data-dir";
import { connectToEmbeddedDatabase, databaseUrl } from "@/lib/platform/database/pool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";

/** The time for which a command waits for a connection. */
const CONNECT_MS = 5_000;

/**
 * Runs an operator's command on the database, while Postern runs and while it does not. Where there is none, or Postern
 * has never been started on it, says so, changes nothing, and answers false. Throws `DatabaseUnreachableError` where the
 * database lets nobody in.
 */
export async function besideTheServer(
  work: () => Promise<boolean>,
  say: (line: string) => void,
): Promise<boolean> {
  const settings = env();
  if (!isThereADatabase(settings)) {
    say(`There is no data in ${path.resolve(settings.DATA_DIR)}.`);
    say("Set DATA_DIR to the folder that the server has, or DATABASE_URL to its database.");
    return false;
  }
  const dataDir = await joinDataDir(settings);
  if (dataDir.embedded) connectToEmbeddedDatabase(dataDir.embedded.url);
  try {
    if (await hasTables()) return await work();
    say("There is nobody yet: Postern has not been started on this database.");
    return false;
  } finally {
    await closeDatabase();
    await dataDir.close();
  }
}

async function hasTables(): Promise<boolean> {
  const client = await connectTo(databaseUrl(), CONNECT_MS);
  try {
    const { rows } = await client.query(
      "SELECT to_regclass('public.app_user') IS NOT NULL AS there",
    );
    return rows[0].there;
  } finally {
    await client.end();
  }
}
