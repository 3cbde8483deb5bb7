import { rmSync } from "node:fs";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { processValues } from "@/lib/platform/process-wide";

/**
 * The next file may have these: rendering's process, which keeps nothing of what it rendered, and Prisma's schema engine,
 * which a process can load only once.
 */
const KEPT = /^(render-lane\.|schema-engine$)/;

/**
 * Ends what a test file leaves behind in its process, which runs the next file too: the spool, the pool, and
 * everything else that exists once in a process. The next file starts as a new process would.
 */
export async function endOfFile(): Promise<void> {
  const { spool, mover } = processSpool();
  await mover.stop();
  spool.close();
  await closeDatabase();
  rmSync(env().DATA_DIR, { recursive: true, force: true });
  const values = processValues();
  for (const name of values.keys()) if (!KEPT.test(name)) values.delete(name);
}
