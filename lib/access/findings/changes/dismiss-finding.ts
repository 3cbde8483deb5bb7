import { isFindingKind } from "@/lib/access/findings/kind/kinds";
import type { DismissFindingInput, FindingIdInput } from "@/lib/access/findings/kind/schema";
import { KIND_NAMES } from "@/lib/access/findings/kind/words";
import { firstValues } from "@/lib/people/audit/changes";
import { type AuditTarget, recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { canManageKey } from "@/lib/people/auth/permissions";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type DismissFailure = "not_found" | "changed_meanwhile";

/**
 * Leaves a finding as it is, with the reason. It comes back when it gets worse. `not_found` for a finding about a key
 * that the actor may not manage, `changed_meanwhile` for one that is closed or dismissed.
 */
export async function dismissFinding(
  actor: MemberActor,
  { findingId, reason, note }: DismissFindingInput,
  now: Date,
): Promise<Result<null, DismissFailure>> {
  return await transact(async (tx) => {
    const finding = await findManaged(tx, actor, findingId);
    if (!finding) return noSuchFinding();
    const { count } = await tx.finding.updateMany({
      where: { id: findingId, degree: finding.degree, closedAt: null, dismissedAt: null },
      data: {
        dismissedAt: now,
        dismissedBy: actor.name,
        dismissReason: reason,
        dismissNote: note || null,
        dismissedDegree: finding.degree,
      },
    });
    if (count === 0) return changedMeanwhile();
    const changes = firstValues({ reason, note });
    const event = { action: "finding.dismissed", target: finding.target, changes } as const;
    await recordAudit(tx, actor, event, now);
    return ok(null);
  });
}

/** Puts a dismissed finding back among what needs attention. Fails as `dismissFinding` does. */
export async function restoreFinding(
  actor: MemberActor,
  { findingId }: FindingIdInput,
  now: Date,
): Promise<Result<null, DismissFailure>> {
  return await transact(async (tx) => {
    const finding = await findManaged(tx, actor, findingId);
    if (!finding) return noSuchFinding();
    const { count } = await tx.finding.updateMany({
      where: { id: findingId, closedAt: null, dismissedAt: { not: null } },
      data: {
        dismissedAt: null,
        dismissedBy: null,
        dismissReason: null,
        dismissNote: null,
        dismissedDegree: null,
      },
    });
    if (count === 0) return changedMeanwhile();
    await recordAudit(tx, actor, { action: "finding.restored", target: finding.target }, now);
    return ok(null);
  });
}

/** A finding about a key that the actor may manage, or null. */
async function findManaged(
  tx: Transaction,
  actor: MemberActor,
  id: string,
): Promise<{ degree: number; target: AuditTarget } | null> {
  const finding = await tx.finding.findFirst({
    where: { id, workspaceId: actor.workspaceId },
    select: { kind: true, degree: true, key: { select: { name: true, ownerId: true } } },
  });
  if (!finding || !canManageKey(actor, finding.key)) return null;
  const { kind, degree, key } = finding;
  const name = `${key.name}: ${isFindingKind(kind) ? KIND_NAMES[kind] : kind}`;
  return { degree, target: { type: "finding", id, name } };
}

function noSuchFinding(): Failure<"not_found"> {
  return fail("not_found", "There is no such finding.");
}

function changedMeanwhile(): Failure<"changed_meanwhile"> {
  return fail(
    "changed_meanwhile",
    "Somebody has seen to this already. Reload to see what is so now.",
  );
}
