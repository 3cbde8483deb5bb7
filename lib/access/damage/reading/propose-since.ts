import { firstByUnknown } from "@/lib/access/activity/reading/callers/first-unknown";
import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { PROPOSED_WITHIN_DAYS } from "@/lib/access/damage/terms/limits";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The instant from which a key's deeds are looked at, and the reason for it. */
export type ProposedSince = {
  at: Date;
  why: "unknown_caller" | "reported" | "last_day";
  /** The IP address of the first unusual call. */
  address: string | null;
};

/**
 * Proposes the instant since which a key may have been in the wrong hands. That is the first call of the last 14 days
 * by a caller that was not known then; else the first report that it leaked; else a day ago. A key that calls from more
 * than five addresses, or that no known caller used before, has no habit that a call could break. Null where the actor
 * may not see the key's activity.
 */
export async function proposeSince(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<ProposedSince | null> {
  if (!(await canSeeKey(actor, keyId))) return null;
  const { workspaceId } = actor;
  const asked = { workspaceId, keyId, days: PROPOSED_WITHIN_DAYS, addressesMax: FEW_ADDRESSES };
  const byUnknown = await firstByUnknown(asked, now);
  if (byUnknown) return { ...byUnknown, why: "unknown_caller" };
  const reported = await firstReport(workspaceId, keyId, now);
  return reported ?? { at: later(now, -DAY_MS), why: "last_day", address: null };
}

async function firstReport(
  workspaceId: string,
  keyId: string,
  now: Date,
): Promise<ProposedSince | null> {
  const leak = await reader().leak.findFirst({
    where: { workspaceId, keyId, reportedAt: { gte: later(now, -PROPOSED_WITHIN_DAYS * DAY_MS) } },
    orderBy: { reportedAt: "asc" },
    select: { reportedAt: true },
  });
  return leak && { at: leak.reportedAt, why: "reported", address: null };
}
