import { getAudience, lockAudience } from "@/lib/mail/audiences/audiences";
import { type CampaignRow, campaignSelect } from "@/lib/mail/campaigns/campaign-view";
import {
  type CampaignsView,
  campaignsShownBy,
  getCampaign,
  noCampaign,
} from "@/lib/mail/campaigns/campaigns";
import { refuseSender, type SenderDomains } from "@/lib/mail/sending-domains/sender-domains";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Transaction } from "@/lib/platform/database/db";
import { enqueueJob, removeJob } from "@/lib/platform/queue/enqueue";
import { fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** So far ahead may a campaign be scheduled. */
const AHEAD_MAX_MS = 365 * DAY_MS;

export type Start = {
  id: string;
  /** At once when left out. */
  scheduledAt?: Date | undefined;
  /** Only if nobody changed it since then. */
  updatedAt?: Date | undefined;
  /** Whom whoever sends it may send from. */
  senders: SenderDomains;
};

type StartResult = Result<CampaignRow, "not_found" | "conflict" | "validation_error">;

/**
 * Sends a draft, at once or at its time: of any number of callers, one does. Fails with `conflict` for what
 * is no draft (any more), or whose audience is gone; `validation_error` for a time that is not ahead, or a
 * sender whom `senders` has not: the domains may have changed since it was written, or be another key's.
 */
export async function startCampaign(
  tx: Transaction,
  view: CampaignsView,
  { id, scheduledAt, updatedAt, senders }: Start,
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
      updatedAt: now,
    },
    select: campaignSelect,
  });
  if (!rows[0]) return fail("conflict", notStartable(found.value));
  const when = scheduledAt ? { runAt: scheduledAt } : {};
  await enqueueJob(tx, "send_campaign", { campaignId: id }, { jobKey: jobKeyOf(id), ...when });
  return ok(rows[0]);
}

/**
 * Stops a campaign that is scheduled or being sent. Emails that were made for it already go out; no further
 * ones are made. Fails with `conflict` where there is nothing to stop.
 */
export async function cancelCampaign(
  tx: Transaction,
  view: CampaignsView,
  id: string,
  now: Date,
): Promise<Result<CampaignRow, "not_found" | "conflict">> {
  const rows = await tx.campaign.updateManyAndReturn({
    where: { AND: [campaignsShownBy(view), { id, status: { in: ["scheduled", "sending"] } }] },
    data: { status: "canceled", finishedAt: now, updatedAt: now },
    select: campaignSelect,
  });
  if (rows[0]) {
    await removeJob(tx, jobKeyOf(id));
    return ok(rows[0]);
  }
  const found = await getCampaign(view, id, tx);
  if (!found.ok) return noCampaign();
  return fail(
    "conflict",
    `This campaign is ${WORDS[found.value.status]}: there is nothing to cancel.`,
  );
}

/** The key of the job that sends a campaign. */
export function jobKeyOf(campaignId: string): string {
  return `campaign:${campaignId}`;
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
