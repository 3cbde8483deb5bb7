import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { openCampaigns, type QueuedBy, waitingEmails } from "@/lib/access/damage/reading/queued-by";
import { COUNTED_MAX } from "@/lib/access/damage/terms/limits";
import type { DamageInput } from "@/lib/access/damage/terms/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The mail that a key queued and that can still be canceled. */
export type Waiting = {
  /** At most 10,001, which stands for more than 10,000. */
  emails: number;
  /** The times at which the first and the last of them were queued; null without any. */
  firstAt: Date | null;
  lastAt: Date | null;
  /** The subject that all of them share; null where they have several. */
  subject: string | null;
  /** The names of campaigns that are scheduled or being sent, at most five, and the number of these campaigns. */
  campaignNames: string[];
  campaigns: number;
};

const NOTHING: Waiting = {
  emails: 0,
  firstAt: null,
  lastAt: null,
  subject: null,
  campaignNames: [],
  campaigns: 0,
};

/**
 * The mail that a key queued since an instant and that has not gone out. Empty where the actor may not see its
 * activity.
 */
export async function waitingSince(actor: MemberActor, damage: DamageInput): Promise<Waiting> {
  if (!(await canSeeKey(actor, damage.keyId))) return NOTHING;
  const by: QueuedBy = { ...damage, workspaceId: actor.workspaceId };
  const [row] = await reader().$queryRaw<Waiting[]>`
    WITH waiting AS MATERIALIZED (
      SELECT * FROM (${waitingEmails(by)}) AS found LIMIT ${COUNTED_MAX + 1}
    ), open AS MATERIALIZED (
      SELECT id, name FROM campaign WHERE id IN (${openCampaigns(by)}) ORDER BY id
    )
    SELECT count(*)::int AS emails, min(created_at) AS "firstAt", max(created_at) AS "lastAt",
           CASE WHEN count(DISTINCT subject) = 1 THEN min(subject) END AS subject,
           ARRAY(SELECT name FROM open LIMIT 5) AS "campaignNames",
           (SELECT count(*)::int FROM open) AS campaigns
    FROM waiting`;
  return row ?? NOTHING;
}
