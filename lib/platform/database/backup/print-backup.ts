import { statSync } from "node:fs";
import path from "node:path";
import { now } from "@/lib/platform/clock";
import { makeBackup } from "@/lib/platform/database/backup/make-backup";
import { isThereADatabase, joinDataDir } from "@/lib/platform/database/open-data-dir";
import { env } from "@/lib/platform/env";
import { formatBytes } from "@/lib/platform/format/number";

/**
 * The command `npm run backup -- <file or folder>`: backs the embedded database and all else in the data directory up,
 * and says so line by line. Works while Postern runs and while it does not. `folder` is where a relative path begins.
 * Answers whether there is a backup now.
 */
export async function printBackup(
  place: string | undefined,
  say: (line: string) => void,
  folder: string,
): Promise<boolean> {
  const settings = env();
  if (settings.DATABASE_URL) return sayServersTools(say, "pg_dump backs it up");
  if (!place) {
    say("Name a file or a folder for it: npm run backup -- /var/backups/postern");
    return false;
  }
  const dataDir = path.resolve(settings.DATA_DIR);
  if (!isThereADatabase(settings)) {
    say(`There is no data in ${dataDir}. Set DATA_DIR to the folder that the server has.`);
    return false;
  }
  const at = now();
  const file = fileAt(path.resolve(folder, place), at);
  const joined = await joinDataDir(settings);
  try {
    const made = await makeBackup(dataDir, joined.embedded?.url ?? "", file, at);
    if (!made.ok) {
      say(made.message);
      return false;
    }
    const { dataBytes, fileBytes, heldMs } = made.value;
    say(`Backed up ${dataDir} (${formatBytes(dataBytes)}) to ${file} (${formatBytes(fileBytes)}).`);
    say(
      `The database was held for ${(heldMs / 1_000).toFixed(2)} s. The backup was opened and read back.`,
    );
    say(
      settings.AUTH_SECRET
        ? "AUTH_SECRET is set outside of it: keep that too."
        : "It has the secret that signs sessions in it: keep it as safe as the data.",
    );
    return true;
  } finally {
    await joined.close();
  }
}

/** The file that is meant: in a folder, one named by the time. */
function fileAt(place: string, at: Date): string {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const time = at.toISOString().slice(0, 19).replaceAll(":", "");
  return isFolder ? path.join(place, `postern-${time}Z.tar.gz`) : place;
}

/** Says who backs up and restores a database on a server. Answers false: nothing was done. */
export function sayServersTools(say: (line: string) => void, tool: string): boolean {
  say(`DATABASE_URL names a PostgreSQL server: ${tool}. See docs/operations.md.`);
  say(
    "Keep AUTH_SECRET with it, and the DATA_DIR of each process: calls that wait for the database are there.",
  );
  return false;
}
