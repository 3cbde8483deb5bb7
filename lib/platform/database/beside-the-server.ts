import { joinDataDir } from "@/lib/platform/database/open-data-dir";
import { connectToEmbeddedDatabase } from "@/lib/platform/database/pool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";

/** Runs an operator's command on the database, while Postern runs and while it does not. */
export async function besideTheServer<T>(work: () => Promise<T>): Promise<T> {
  const dataDir = await joinDataDir(env());
  if (dataDir.embedded) connectToEmbeddedDatabase(dataDir.embedded.url);
  try {
    return await work();
  } finally {
    await closeDatabase();
    await dataDir.close();
  }
}
