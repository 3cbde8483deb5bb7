import { isCallFrom } from "@/lib/access/activity/reading/joined/calls-from";
import type { DamageInput } from "@/lib/access/damage/terms/schema";
import { OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import { firstIdAt, firstUuidAt } from "@/lib/platform/ids";
import { Prisma } from "@/prisma/generated/client";
import { Environment } from "@/prisma/generated/enums";

/**
 * Queries name both environments, so that the index of waiting mail serves. A workspace has few emails that wait,
 * whatever else it sent.
 */
const ENVIRONMENTS = Object.values(Environment);

/** The callers of a key in a workspace, and the instant since which their queued mail counts. */
export type QueuedBy = DamageInput & { workspaceId: string };

/** SQL of the campaigns that the key had sent and that are scheduled or being sent now. */
export function openCampaigns(by: QueuedBy): Prisma.Sql {
  return Prisma.sql`
    SELECT campaign.id FROM campaign
    WHERE ${startedCampaigns(by)} AND status IN ('scheduled', 'sending')`;
}

function startedCampaigns(by: QueuedBy): Prisma.Sql {
  const { workspaceId, keyId, since } = by;
  return Prisma.sql`
    campaign.workspace_id = ${workspaceId} AND campaign.started_by = ${keyId}
    AND campaign.start_call_id >= ${firstUuidAt(since)}::uuid
    AND ${isCallFrom(Prisma.sql`campaign.start_call_id`, by)}`;
}

/**
 * SQL of the emails that the key queued, by itself or by a campaign, and that are not being handed to a mail server:
 * id, subject, created_at.
 */
export function waitingEmails(by: QueuedBy): Prisma.Sql {
  const { workspaceId, keyId, since } = by;
  const isWaiting = Prisma.sql`
    email.status = ANY(${[...OPEN_STATUSES]}::"EmailStatus"[]) AND email.handing_over_since IS NULL`;
  return Prisma.sql`
    SELECT email.id, email.subject, email.created_at FROM email
    WHERE email.workspace_id = ${workspaceId} AND email.environment = ANY(${ENVIRONMENTS}::"Environment"[])
      AND email.key_id = ${keyId} AND email.id >= ${firstIdAt("eml", since)}
      AND ${isWaiting} AND ${isCallFrom(Prisma.sql`email.call_id`, by)}
    UNION ALL
    SELECT email.id, email.subject, email.created_at FROM email
    WHERE email.campaign_id IN (SELECT campaign.id FROM campaign WHERE ${startedCampaigns(by)}) AND ${isWaiting}`;
}
