import type { CampaignRow } from "@/lib/mail/campaigns/campaign-row";
import { deleteCampaignWithin } from "@/lib/mail/campaigns/campaigns";
import { getMemberCampaign, goneCampaign } from "@/lib/mail/campaigns/member-campaigns";
import type { StartCampaignInput } from "@/lib/mail/campaigns/schema";
import { cancelCampaignWithin, startCampaignWithin } from "@/lib/mail/campaigns/start-and-cancel";
import { senderDomains } from "@/lib/mail/sending-domains/sender-domains";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type View, viewOf } from "@/lib/people/auth/view";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** Sends a draft, at once or at its time, and records it. Fails as `startCampaign` does. */
export async function startMemberCampaign(
  actor: MemberActor,
  { id, scheduledAt, updatedAt }: StartCampaignInput,
  now: Date,
): Promise<Result<null, "not_found" | "conflict" | "validation_error">> {
  if (!can(actor, "campaigns.manage")) return goneCampaign();
  const found = await getMemberCampaign(actor, { id }, now);
  if (!found.ok) return found;
  const { environment, people, audience } = found.value;
  const view = viewOf(actor, environment);
  const senders = await senderDomains(view);
  return await transact(async (tx) => {
    const start = { id, scheduledAt, updatedAt, senders };
    const started = await startCampaignWithin(tx, view, start, now);
    if (!started.ok) return started;
    const changes = {
      audience: { from: null, to: audience?.name ?? null },
      recipients: { from: null, to: people },
      ...(scheduledAt ? { scheduledAt: { from: null, to: scheduledAt.toISOString() } } : {}),
    };
    const target = { type: "campaign", id, name: started.value.name } as const;
    const action = scheduledAt ? "campaign.scheduled" : "campaign.sent";
    await recordAudit(tx, actor, { action, target, changes }, now);
    return ok(null);
  });
}

type Ended = Result<null, "not_found" | "conflict">;

/** Stops a campaign that is scheduled or being sent, and records it. Fails as `cancelCampaign` does. */
export async function cancelMemberCampaign(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Ended> {
  return await endCampaign(actor, id, "campaign.canceled", now, (tx, view) =>
    cancelCampaignWithin(tx, view, id, now),
  );
}

/** Deletes a draft and records it. Fails as `deleteCampaign` does. */
export async function deleteMemberCampaign(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Ended> {
  return await endCampaign(actor, id, "campaign.deleted", now, (tx, view) =>
    deleteCampaignWithin(tx, view, id),
  );
}

async function endCampaign(
  actor: MemberActor,
  id: string,
  action: AuditAction,
  now: Date,
  end: (tx: Transaction, view: View) => Promise<Result<CampaignRow, "not_found" | "conflict">>,
): Promise<Ended> {
  if (!can(actor, "campaigns.manage")) return goneCampaign();
  const found = await getMemberCampaign(actor, { id }, now);
  if (!found.ok) return found;
  return await transact(async (tx) => {
    const ended = await end(tx, viewOf(actor, found.value.environment));
    if (!ended.ok) return ended;
    const target = { type: "campaign", id, name: ended.value.name } as const;
    await recordAudit(tx, actor, { action, target }, now);
    return ok(null);
  });
}
