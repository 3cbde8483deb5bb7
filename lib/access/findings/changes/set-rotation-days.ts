import { DEFAULT_ROTATION_DAYS } from "@/lib/access/findings/kind/limits";
import type { RotationDaysInput } from "@/lib/access/findings/kind/schema";
import { changesBetween } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** The days after which a secret of the workspace is due to be rotated. */
export async function rotationDaysOf({ workspaceId: id }: MemberActor): Promise<number> {
  const select = { rotationDays: true };
  const workspace = await reader().workspace.findUnique({ where: { id }, select });
  return workspace?.rotationDays ?? DEFAULT_ROTATION_DAYS;
}

/** Decides after how many days a secret is due to be rotated. `not_found` for members who don't manage every key. */
export async function setRotationDays(
  actor: MemberActor,
  { days: rotationDays }: RotationDaysInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const { workspaceId: id, workspaceName: name } = actor;
  if (!can(actor, "keys.manage_all")) return fail("not_found", "There is no such workspace.");
  return await transact(async (tx) => {
    const rows = await tx.$queryRaw<{ rotationDays: number }[]>`
      SELECT rotation_days AS "rotationDays" FROM workspace WHERE id = ${id} FOR UPDATE`;
    const changes = changesBetween({ rotationDays: rows[0]?.rotationDays }, { rotationDays });
    if (!rows[0] || Object.keys(changes).length === 0) return ok(null);
    await tx.workspace.updateMany({ where: { id }, data: { rotationDays } });
    const target = { type: "workspace", id, name } as const;
    const event = { action: "workspace.rotation_days_changed", target, changes } as const;
    await recordAudit(tx, actor, event, now);
    return ok(null);
  });
}
