import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { CampaignStatus } from "@/prisma/generated/enums";

/** The keys and campaigns that use an audience and would break without it, newest first. */
export type AudienceUse = {
  keys: { id: string; name: string }[];
  campaigns: { id: string; name: string; status: CampaignStatus }[];
};

const NAMED_MAX = 5;

/** The keys that are limited to an audience and the latest campaigns for it; at most five each. */
export async function audienceUse(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<AudienceUse, "not_found">> {
  if (!can(actor, "contacts.read")) {
    return fail("not_found", "This audience does not exist any more.");
  }
  const { workspaceId } = actor;
  const newest = { orderBy: { id: "desc" }, take: NAMED_MAX } as const;
  const keys = await reader().apiKey.findMany({
    where: { workspaceId, revokedAt: null, audienceIds: { has: id } },
    ...newest,
    select: { id: true, name: true },
  });
  const campaigns = await reader().campaign.findMany({
    where: { workspaceId, audienceId: id },
    ...newest,
    select: { id: true, name: true, status: true },
  });
  return ok({ keys, campaigns });
}
