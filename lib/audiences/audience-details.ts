import { audienceSelect } from "@/lib/audiences/audience-view";
import type { AudienceRow } from "@/lib/audiences/audiences";
import { type MemberCount, memberCounts } from "@/lib/audiences/member-counts";
import { audiencePredicate } from "@/lib/audiences/members";
import { type AudienceRule, audienceRule } from "@/lib/audiences/schema";
import type { MemberActor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { type ContactRow, contactColumns } from "@/lib/contacts/contact-view";
import { withinTime } from "@/lib/database/within-time";
import { db } from "@/lib/db";
import { fail, ok, type Result } from "@/lib/result";

/** One audience as its page shows it. */
export type AudienceDetails = Omit<AudienceRow, "rule"> & {
  /** Who belongs; null for a list. */
  rule: AudienceRule | null;
};

/** The audience with this id in the actor's workspace, of whatever environment. */
export async function getAudienceDetails(
  actor: MemberActor,
  id: string,
): Promise<Result<AudienceDetails, "not_found">> {
  const row = can(actor, "contacts.read")
    ? await db.audience.findFirst({
        where: { id, workspaceId: actor.workspaceId },
        select: audienceSelect,
      })
    : null;
  if (!row) return fail("not_found", "This audience does not exist any more.");
  return ok({ ...row, rule: row.rule === null ? null : audienceRule.parse(row.rule) });
}

const SHOWN = 8;
const LOOKING_MS = 800;

/** Who is in an audience: how many, and those that were added last; null where that takes too long to say. */
export type Membership = { count: MemberCount | null; newest: ContactRow[] | null };

/** Who is in an audience that the actor was shown. */
export async function membershipOf(audience: AudienceDetails, now: Date): Promise<Membership> {
  const counts = await memberCounts([audience], now);
  const newest = await withinTime(
    LOOKING_MS,
    (tx) => tx.$queryRaw<ContactRow[]>`
      SELECT ${contactColumns} FROM contact
      WHERE contact.workspace_id = ${audience.workspaceId}
        AND contact.environment = ${audience.environment}::"Environment"
        AND ${audiencePredicate(audience, now)}
      ORDER BY contact.id DESC LIMIT ${SHOWN}`,
  );
  return { count: counts.get(audience.id) ?? null, newest };
}
