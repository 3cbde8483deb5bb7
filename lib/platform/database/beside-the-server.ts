import { joinDataDir } from "@/lib/platform/database/open-data-dir";
import { connectToEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";

/**
 * Runs an operator's command on the database, while Postern runs and while it does not. Where Postern has never been
 * started on it, says so and answers false.
 */
export async function besideTheServer(
  work: () => Promise<boolean>,
  say: (line: string) => void,
): Promise<boolean> {
  const dataDir = await joinDataDir(env());
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
  const { rows } = await pool().query("SELECT to_regclass('public.app_user') IS NOT NULL AS there");
  return rows[0].there;
}
