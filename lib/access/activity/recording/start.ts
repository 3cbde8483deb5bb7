import { keepPartitions } from "@/lib/access/activity/recording/partitions";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { tellRest } from "@/lib/access/activity/watching/stored-calls";
import { now } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";

/**
 * Makes the months' partitions and starts moving recorded calls to the database, first those that an
 * earlier process left behind. Idempotent. Without a database it still starts, and moves later.
 */
export async function startActivity(): Promise<void> {
  try {
    await keepPartitions(now());
  } catch (error) {
    log.warn(
      { err: error },
      "the activity table's months could not be made; rows go to its default",
    );
  }
  processSpool().mover.start();
}

/** Moves everything recorded so far. False when the database did not take it all; it stays spooled. */
export async function flushActivity(): Promise<boolean> {
  const { mover, keptOut } = processSpool();
  keptOut.flush(now());
  return await mover.flush();
}

/**
 * Moves everything recorded so far and closes the spool's files. Calls that the database cannot take now,
 * and calls recorded after this, wait in the files for the next start. Idempotent.
 */
export async function stopActivity(): Promise<void> {
  const { spool, mover, keptOut } = processSpool();
  keptOut.flush(now());
  await mover.stop();
  await tellRest();
  spool.close();
}
