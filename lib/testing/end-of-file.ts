import { rmSync } from "node:fs";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { processValues } from "@/lib/platform/process-wide";

/** Rendering starts a process of its own, which keeps nothing of what it rendered: the next file may have it. */
const KEPT = "render-lane.";

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
  for (const name of values.keys()) if (!name.startsWith(KEPT)) values.delete(name);
}
