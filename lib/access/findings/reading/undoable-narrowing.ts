import { FACTS } from "@/lib/access/findings/kind/facts";
import { UNDO_DAYS } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Scope } from "@/lib/people/auth/scopes";
import { DAY_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";

/** Scopes that a remedy took from a key and that can still be given back, by the finding that offered it. */
export type UndoableNarrowing = { findingId: string; narrowedAt: Date; scopes: Scope[] };

/** The latest narrowing of a key of the actor's workspace that can be undone at `now`, or null. */
export async function undoableNarrowing(
  { workspaceId }: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<UndoableNarrowing | null> {
  const finding = await reader().finding.findFirst({
    where: { workspaceId, keyId, narrowedAt: { gt: later(now, -UNDO_DAYS * DAY_MS) } },
    orderBy: { narrowedAt: "desc" },
    select: { id: true, narrowedAt: true, facts: true },
  });
  if (!finding?.narrowedAt) return null;
  const { unused } = FACTS.unused_scopes.parse(finding.facts);
  return { findingId: finding.id, narrowedAt: finding.narrowedAt, scopes: unused };
}
