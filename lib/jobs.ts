import { dropOldPartitions, keepPartitions } from "@/lib/activity/partitions";
import { sendToAudience } from "@/lib/campaigns/send-to-audience";
import { HOUR_MS, now } from "@/lib/clock";
import { deliverEmail } from "@/lib/emails/deliver-email";
import { env } from "@/lib/env";
import { forgetOldAnswers } from "@/lib/idempotency/claims";
import { log } from "@/lib/log";
import type { Tasks } from "@/lib/queue/tasks";

/** What each kind of job in the queue does. */
export const tasks: Tasks = {
  deliver_email: ({ emailId }) => deliverEmail(emailId, now),
  send_campaign: ({ campaignId }) => sendToAudience(campaignId, now),
};

/**
 * Starts the work that no request does: months of activity are made ahead and dropped when old,
 * and stored answers of repeated calls are forgotten.
 * Each run is safe beside another process's. Returns the function that stops it.
 */
export function startJobs(): () => void {
  const timer = setInterval(() => void runJobs(now()), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One round of that work; what fails is logged and tried again an hour later. */
export async function runJobs(at: Date): Promise<void> {
  const jobs = [
    () => keepPartitions(at),
    () => dropOldPartitions(at, env().ACTIVITY_RETENTION_MONTHS),
    () => forgetOldAnswers(at),
  ];
  for (const job of jobs) {
    try {
      await job();
    } catch (error) {
      log.error({ err: error }, "a job failed and will be tried again in an hour");
    }
  }
}
