import { DELIVERIES_KEPT_DAYS } from "@/lib/access/webhooks/webhook/limits";
import { DAY_MS, later } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";

/** The deliveries that one transaction deletes. */
const BATCH = 5_000;
/** The most batches of one hour: more than are made in one at a thousand a second. */
const BATCHES_MAX = 800;

/** Deletes the deliveries of more than 30 days ago, whatever came of them. */
export async function forgetOldDeliveries(now: Date): Promise<void> {
  const before = later(now, -DELIVERIES_KEPT_DAYS * DAY_MS);
  for (let done = 0; done < BATCHES_MAX; done += 1) {
    const deleted = await transact(
      (tx) => tx.$executeRaw`
        DELETE FROM webhook_event
        WHERE id IN (SELECT id FROM webhook_event WHERE at < ${before} LIMIT ${BATCH})`,
    );
    if (deleted < BATCH) return;
  }
}
