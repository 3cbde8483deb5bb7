import type { LeakPolicyInput } from "@/lib/access/leaks/schema";
import { changesBetween } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { LeakPolicy } from "@/prisma/generated/enums";

/** What a report of a leak does to a key of the workspace. */
export async function leakPolicyOf({ workspaceId: id }: MemberActor): Promise<LeakPolicy> {
  const select = { leakPolicy: true };
  const workspace = await reader().workspace.findUnique({ where: { id }, select });
  return workspace?.leakPolicy ?? "revoke_harmful";
}

/** Decides what a report of a leak does from now on. `not_found` for members who don't manage every key. */
export async function setLeakPolicy(
  actor: MemberActor,
  { policy: leakPolicy }: LeakPolicyInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const { workspaceId: id, workspaceName: name } = actor;
  if (!can(actor, "keys.manage_all")) return fail("not_found", "There is no such workspace.");
  return await transact(async (tx) => {
    const rows = await tx.$queryRaw<{ leakPolicy: LeakPolicy }[]>`
      SELECT leak_policy AS "leakPolicy" FROM workspace WHERE id = ${id} FOR UPDATE`;
    const changes = changesBetween({ leakPolicy: rows[0]?.leakPolicy }, { leakPolicy });
    if (!rows[0] || Object.keys(changes).length === 0) return ok(null);
    await tx.workspace.updateMany({ where: { id }, data: { leakPolicy } });
    const target = { type: "workspace", id, name } as const;
    await recordAudit(tx, actor, { action: "workspace.leak_policy_changed", target, changes }, now);
    return ok(null);
  });
}
