import path from "node:path";
import { sayServersTools } from "@/lib/platform/database/backup/print-backup";
import { restoreBackup } from "@/lib/platform/database/backup/restore-backup";
import { env } from "@/lib/platform/env";

/**
 * The command `npm run restore -- <file>`: restores a backup into an empty data directory, and says so line by line.
 * `folder` is where a relative path begins. Answers whether it did.
 */
export async function printRestore(
  place: string | undefined,
  say: (line: string) => void,
  folder: string,
): Promise<boolean> {
  const settings = env();
  if (settings.DATABASE_URL) return sayServersTools(say, "pg_restore restores it");
  if (!place) {
    say("Name the backup: npm run restore -- /var/backups/postern-2026-11-30T070000Z.tar.gz");
    return false;
  }
  const dataDir = path.resolve(settings.DATA_DIR);
  const restored = await restoreBackup(path.resolve(folder, place), dataDir);
  if (!restored.ok) {
    say(restored.message);
    return false;
  }
  say(`Restored ${dataDir} as it was at ${restored.value.madeAt.toISOString()}.`);
  say("Check its audit logs with npm run audit:verify, then start Postern.");
  return true;
}
