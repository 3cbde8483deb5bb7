import { getAudience, lockAudience } from "@/lib/mail/audiences/audiences";
import { type CampaignRow, campaignSelect } from "@/lib/mail/campaigns/campaign-row";
import { campaignsShownBy, getCampaign, noCampaign } from "@/lib/mail/campaigns/campaigns";
import {
  refuseSender,
  type SenderDomains,
  senderDomains,
} from "@/lib/mail/sending-domains/sender-domains";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, later } from "@/lib/platform/clock";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { enqueueJob, MAKES_BULK, removeJob } from "@/lib/platform/queue/enqueue";
import { fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** The longest time ahead that a campaign may be scheduled. */
const AHEAD_MAX_MS = 365 * DAY_MS;

export type Start = {
  id: string;
  /** The time to send it; at once when left out. */
  scheduledAt?: Date | undefined;
  /** The last change the caller knows of; where given, a campaign that changed since then is not sent. */
  updatedAt?: Date | undefined;
};

type StartResult = Result<CampaignRow, "not_found" | "conflict" | "validation_error">;

/**
 * Sends a draft, at once or at its time; of several callers at once, one succeeds. Fails with `conflict` where
 * it is not a draft or its audience is gone. Fails with `validation_error` for a time that is past or too far
 * ahead, and for a sender that the view may not send from: the domains may have changed since the draft was
 * written, or another key may have written it.
 */
export async function startCampaign(view: View, start: Start, now: Date): Promise<StartResult> {
  const senders = await senderDomains(view);
  return await transact((tx) => startCampaignWithin(tx, view, { ...start, senders }, now));
}

/** `startCampaign` in the caller's transaction; `senders` are the view's. */
export async function startCampaignWithin(
  tx: Transaction,
  view: View,
  { id, scheduledAt, updatedAt, senders }: Start & { senders: SenderDomains },
  now: Date,
): Promise<StartResult> {
  if (scheduledAt && (scheduledAt <= now || scheduledAt > later(now, AHEAD_MAX_MS))) {
    return invalidFields({ scheduled_at: ["Use a time in the future, at most a year ahead."] });
  }
  const found = await getCampaign(view, id, tx);
  if (!found.ok) return found;
  const refused = refuseSender(senders, found.value.from);
  if (refused) return refused;
  await lockAudience(tx, view, found.value.audienceId, "SHARE");
  const audience = await getAudience(view, found.value.audienceId, tx);
  if (!audience.ok)
    return fail("conflict", "The audience of this campaign does not exist any more.");
  const rows = await tx.campaign.updateManyAndReturn({
    where: {
      AND: [campaignsShownBy(view), { id, status: "draft" }, updatedAt ? { updatedAt } : {}],
    },
    data: {
      ...(scheduledAt
        ? { status: "scheduled", scheduledAt }
        : { status: "sending", startedAt: now }),
      ...startOf(view),
      updatedAt: now,
    },
    select: campaignSelect,
  });
  if (!rows[0]) return fail("conflict", notStartable(found.value));
  const when = scheduledAt ? { runAt: scheduledAt } : {};
  await enqueueJob(tx, "send_campaign", { campaignId: id }, { ...sendingJob(id), ...when });
  return ok(rows[0]);
}

/** Keeps the key and the call that had a campaign sent. The audit log has what members do. */
function startOf({ actor }: View) {
  return actor.kind === "key" ? { startedBy: actor.keyId, startCallId: actor.callId } : {};
}

type CancelResult = Result<CampaignRow, "not_found" | "conflict">;

/**
 * Stops a campaign that is scheduled or being sent. Emails that are made already go out; no more are made. Fails
 * with `conflict` where there is nothing to stop.
 */
export async function cancelCampaign(view: View, id: string, now: Date): Promise<CancelResult> {
  return await transact((tx) => cancelCampaignWithin(tx, view, id, now));
}

/** `cancelCampaign` in the caller's transaction. */
export async function cancelCampaignWithin(
  tx: Transaction,
  view: View,
  id: string,
  now: Date,
): Promise<CancelResult> {
  const rows = await tx.campaign.updateManyAndReturn({
    where: { AND: [campaignsShownBy(view), { id, status: { in: ["scheduled", "sending"] } }] },
    data: { status: "canceled", finishedAt: now, updatedAt: now },
    select: campaignSelect,
  });
  if (rows[0]) {
    await removeJob(tx, sendingJob(id).jobKey);
    return ok(rows[0]);
  }
  const found = await getCampaign(view, id, tx);
  if (!found.ok) return noCampaign();
  return fail(
    "conflict",
    `This campaign is ${WORDS[found.value.status]}: there is nothing to cancel.`,
  );
}

/**
 * The key and urgency of the job that sends a campaign. A receipt does not wait for it, and it does not wait for the
 * thousands of emails that it made before.
 */
export function sendingJob(campaignId: string) {
  return { jobKey: `campaign:${campaignId}`, priority: MAKES_BULK };
}

const WORDS = {
  draft: "a draft",
  scheduled: "scheduled",
  sending: "being sent",
  sent: "sent",
  canceled: "canceled",
} as const;

function notStartable({ status }: CampaignRow): string {
  if (status === "draft") return "This campaign was changed meanwhile. Look at it again.";
  return `This campaign is ${WORDS[status]} already. To send it again, make a new one.`;
}
