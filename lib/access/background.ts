import { startLooking } from "@/lib/access/findings/watching/look-at-calls";
import { runJobs, setAside, tasks } from "@/lib/access/jobs";
import { startDelivery } from "@/lib/access/webhooks/delivery/deliver";
import { mailServer } from "@/lib/mail/emails/mail-server";
import { everyHour } from "@/lib/platform/queue/every-hour";
import { startQueue } from "@/lib/platform/queue/run";

/** The work in this process that no request does. */
export type BackgroundWork = {
  /** Begins nothing more, and waits at most `patienceMs` for what is under way. */
  stop: (patienceMs: number) => Promise<void>;
};

/**
 * Starts everything that no request does: the hourly work, the queue, the delivery of webhooks, and the looks at keys
 * that are called. Any number of processes may do this on one database. They share the queue and the webhooks, and one
 * of them does the hour's work and takes each look. Nobody waits for the first hour, since looking at a million keys
 * takes minutes.
 */
export async function startBackgroundWork(now: () => Date): Promise<BackgroundWork> {
  const hours = everyHour(runJobs, now);
  const queue = await startQueue(tasks, setAside);
  const webhooks = startDelivery(now);
  const looks = startLooking(now);
  return {
    stop: async (patienceMs) => {
      await Promise.all([
        hours.stop(),
        queue.stop(patienceMs),
        webhooks.stop(patienceMs),
        looks.stop(),
      ]);
      mailServer()?.close();
    },
  };
}
