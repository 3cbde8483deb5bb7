import { startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import { appliedMigrations } from "@/lib/platform/database/migrate";

/**
 * Opens the database in these files, which nobody else has open, and closes it again. Returns the migrations that it has
 * seen. Throws where the files are no database.
 */
export async function migrationsIn(files: string): Promise<string[]> {
  const database = await startEmbeddedDatabase(files);
  try {
    return [...(await appliedMigrations(database.url))].sort();
  } finally {
    await database.close();
  }
}
