import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { connectTo } from "@/lib/platform/database/connect";
import { isUpToDate, migrate, migrationNames } from "@/lib/platform/database/migrate";
import { demandGrants } from "@/lib/platform/database/missing-grants";
import { openDataDir } from "@/lib/platform/database/open-data-dir";
import type { Env } from "@/lib/platform/env";

/** True where there is a database with this code's schema. Of the embedded one, a note in its folder says so. */
export async function isPrepared(settings: Env): Promise<boolean> {
  if (settings.DATABASE_URL) return await isUpToDate(settings.DATABASE_URL);
  const noted = await readFile(noteFile(settings), "utf8").catch(() => "");
  return noted === (await newestMigration());
}

/** Throws `MissingGrantsError` where the role of DATABASE_URL may not bring its database to this code's schema. */
export async function checkGrants({ DATABASE_URL: url }: Env): Promise<void> {
  if (!url) return;
  const client = await connectTo(url);
  try {
    await demandGrants(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes the database where there is none, and brings it to this code's schema. That takes 600 MB more than to serve it,
 * so `npm start` does it in a process that ends. Returns the names of the migrations it applied.
 */
export async function prepareDatabase(settings: Env): Promise<string[]> {
  const { embedded, close } = await openDataDir(settings);
  try {
    const url = embedded?.url ?? settings.DATABASE_URL ?? "";
    const applied = await migrate(url, embedded !== null);
    if (embedded) await writeFile(noteFile(settings), await newestMigration());
    return applied;
  } finally {
    await close();
  }
}

async function newestMigration(): Promise<string> {
  return (await migrationNames()).at(-1) ?? "";
}

function noteFile(settings: Env): string {
  return path.join(settings.DATA_DIR, "schema");
}
