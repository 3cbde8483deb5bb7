import { dropOldPartitions, keepPartitions } from "@/lib/access/activity/recording/partitions";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { mailPasswordReset } from "@/lib/people/accounts/request-password-reset";
import { mailGuessingWarning } from "@/lib/people/auth/guessing-warning";
import { HOUR_MS, now } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { forgetOldAnswers } from "@/lib/platform/idempotency";
import { log } from "@/lib/platform/log";
import type { Tasks } from "@/lib/platform/queue/tasks";

/** The function that runs each kind of job in the queue. */
export const tasks: Tasks = {
  deliver_email: ({ emailId }) => deliverEmail(emailId, now),
  send_campaign: ({ campaignId }) => sendToAudience(campaignId, now),
  mail_password_reset: ({ resetId }) => mailPasswordReset(resetId, now()),
  mail_guessing_warning: ({ userId, at }) => mailGuessingWarning(userId, at),
};

/**
 * Starts the hourly work: it makes the partitions of coming months of activity, drops old months, and forgets
 * stored answers of repeated calls, ended sessions, and links that no longer work. Several processes may run it at once. Returns the function that stops it.
 */
export function startJobs(): () => void {
  const timer = setInterval(() => void runJobs(now()), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Runs the hourly work once. A part that fails is logged and runs again an hour later. */
export async function runJobs(at: Date): Promise<void> {
  const jobs = [
    () => keepPartitions(at),
    () => dropOldPartitions(at, env().ACTIVITY_RETENTION_MONTHS),
    () => forgetOldAnswers(at),
    () => forgetWhatEnded(at),
  ];
  for (const job of jobs) {
    try {
      await job();
    } catch (error) {
      log.error({ err: error }, "a job failed and will be tried again in an hour");
    }
  }
}
