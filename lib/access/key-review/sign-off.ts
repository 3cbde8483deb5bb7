import { noReview, readReviewOn } from "@/lib/access/key-review/read-review";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { transact } from "@/lib/platform/database/unit-of-work";
import { countOf } from "@/lib/platform/format/number";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Signs off the review of the workspace's keys: the audit log says who did, and what was decided of how many keys.
 * `keys_left` while nobody has looked at some of them. Of two who sign off at
 * once, the second finds that a new review has begun.
 */
export async function signOffReview(
  actor: MemberActor,
  _: unknown,
  now: Date,
): Promise<Result<null, "not_found" | "keys_left">> {
  if (!can(actor, "keys.manage_all")) return noReview();
  const { workspaceId: id, workspaceName: name } = actor;
  return await transact(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM workspace WHERE id = ${id} FOR UPDATE`;
    const review = await readReviewOn(tx, actor, now);
    if (!review.ok) return review;
    const { left, decided } = review.value;
    if (left.length > 0) {
      return fail("keys_left", `Nobody has looked at ${countOf(left.length, "key")} yet.`);
    }
    await tx.workspace.updateMany({ where: { id }, data: { keysReviewedAt: now } });
    const target = { type: "workspace", id, name } as const;
    const event = {
      action: "workspace.keys_reviewed",
      target,
      changes: firstValues(decided),
    } as const;
    await recordAudit(tx, actor, event, now);
    return ok(null);
  });
}
