import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import { type AudienceRule, audienceRule } from "@/lib/mail/audiences/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** One audience as its page shows it. */
export type AudienceDetails = Omit<AudienceRow, "rule"> & {
  /** The rule that says which contacts are in it; null for a list. */
  rule: AudienceRule | null;
};

/** The audience with this id in the actor's workspace, from either environment. */
export async function getAudienceDetails(
  actor: MemberActor,
  id: string,
): Promise<Result<AudienceDetails, "not_found">> {
  const row = can(actor, "contacts.read")
    ? await reader().audience.findFirst({
        where: { id, workspaceId: actor.workspaceId },
        select: audienceSelect,
      })
    : null;
  if (!row) return fail("not_found", "This audience does not exist any more.");
  return ok({ ...row, rule: row.rule === null ? null : audienceRule.parse(row.rule) });
}
