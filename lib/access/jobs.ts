import { dropOldPartitions, keepPartitions } from "@/lib/access/activity/recording/partitions";
import { revokeFrozenKeys } from "@/lib/access/api-keys/changes/revoke-frozen-keys";
import { forgetOldUse } from "@/lib/access/budgets/forget-use";
import { forgetOldUnknownCalls } from "@/lib/access/findings/unknown-secrets/forget-unknown-calls";
import { forgetOldFindings } from "@/lib/access/findings/watching/forget-findings";
import { keepHabits } from "@/lib/access/findings/watching/keep-habits";
import { watchAllKeys, watchKey } from "@/lib/access/findings/watching/watch-keys";
import { mailIncident } from "@/lib/access/incidents/mail-incident";
import { mailKeyLeaked } from "@/lib/access/leaks/mail-key-leaked";
import { dropReport, receiveLeak } from "@/lib/access/leaks/receive-leak";
import { mailNotices } from "@/lib/access/notices/mail-notices";
import { tellMembers } from "@/lib/access/notices/tell-members";
import { forgetOldDeliveries } from "@/lib/access/webhooks/delivery/forget-old-deliveries";
import { mailWebhookOff } from "@/lib/access/webhooks/delivery/switch-off";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { setAsideCampaign } from "@/lib/mail/campaigns/set-aside";
import { forgetOldBeforeValues } from "@/lib/mail/contacts/before-values";
import { forgetOldContents } from "@/lib/mail/emails/content-retention";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { forgetAllRecipients } from "@/lib/mail/emails/forget-recipients";
import { mailSendingPaused } from "@/lib/mail/emails/mail-sending-paused";
import { setAsideEmail } from "@/lib/mail/emails/set-aside-email";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { mailPasswordReset } from "@/lib/people/accounts/request-password-reset";
import { mailGuessingWarning } from "@/lib/people/auth/guessing-warning";
import { mailSecondFactorReset } from "@/lib/people/members/mail-second-factor-reset";
import { now } from "@/lib/platform/clock";
import { cleanUpEmbeddedTables } from "@/lib/platform/database/embedded-upkeep";
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
  mail_sending_paused: ({ memberId }) => mailSendingPaused(memberId),
  mail_webhook_off: ({ memberId, webhookId }) => mailWebhookOff(memberId, webhookId),
  receive_leak: ({ reportId }) => receiveAndWatch(reportId, now()),
  mail_key_leaked: (letter) => mailKeyLeaked(letter),
  mail_incident: (letter) => mailIncident(letter),
  forget_recipients: () => forgetAllRecipients(now()),
  mail_notices: ({ memberId }) => mailNotices(memberId, now()),
  mail_second_factor_reset: ({ userId, by }) => mailSecondFactorReset(userId, by),
};

/** Deals with a report of a leak, after which what else was found about the key is looked at again. */
async function receiveAndWatch(reportId: string, at: Date): Promise<void> {
  const key = await receiveLeak(reportId, at);
  if (!key) return;
  await watchKey(key, at);
  await tellMembers(at, key.workspaceId);
}

/** The function that gives up a job of each kind, where the process died under it again and again. */
export const setAside: Tasks = {
  deliver_email: ({ emailId }) => setAsideEmail(emailId, now()),
  send_campaign: ({ campaignId }) => setAsideCampaign(campaignId, now()),
  // These mails can be lost: people ask for a link again, and pages say the same when people next come.
  mail_password_reset: async () => {},
  mail_guessing_warning: async () => {},
  mail_sending_paused: async () => {},
  mail_notices: async () => {},
  mail_webhook_off: async () => {},
  mail_second_factor_reset: async () => {},
  mail_key_leaked: async () => {},
  mail_incident: async () => {},
  receive_leak: ({ reportId }) => dropReport(reportId),
  // The hourly work does the same.
  forget_recipients: async () => {},
};

/**
 * Runs the hourly work once. It makes the partitions of coming months of activity and drops old months. It forgets
 * stored answers of repeated calls, past days' use of budgets, calls with unknown secrets, what old emails said,
 * recipients whose contacts were deleted, old deliveries of webhooks, what contacts had before keys changed them, ended
 * sessions, and links that no longer work. It revokes keys that nobody unfroze, learns what is usual of each key, looks
 * at every key for what deserves attention, tells members, and cleans up the embedded database's tables. A part that
 * fails is logged and runs again an hour later. Once it is `stopped`, no further part begins, and the one under way may
 * fail: whoever does the work next makes up for it.
 */
export async function runJobs(at: Date, stopped?: AbortSignal): Promise<void> {
  const jobs = [
    () => keepPartitions(at),
    () => dropOldPartitions(at, env().ACTIVITY_RETENTION_MONTHS),
    () => forgetOldAnswers(at),
    () => forgetWhatEnded(at),
    () => forgetOldUse(at),
    () => forgetAllRecipients(at),
    () => forgetOldContents(at),
    () => revokeFrozenKeys(at),
    () => keepHabits(at),
    () => watchAllKeys(at),
    () => tellMembers(at),
    () => forgetOldFindings(at),
    () => forgetOldUnknownCalls(at),
    () => forgetOldDeliveries(at),
    () => forgetOldBeforeValues(at),
    () => cleanUpEmbeddedTables(),
  ];
  for (const job of jobs) {
    if (stopped?.aborted) return;
    try {
      await job();
    } catch (error) {
      if (stopped?.aborted) return;
      log.error({ err: error }, "a job failed and will be tried again in an hour");
    }
  }
}
