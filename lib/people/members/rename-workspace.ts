import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import type { RenameWorkspaceInput } from "@/lib/people/members/schema";
import { lockMembers } from "@/lib/people/members/standing";
import { transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** Gives the actor's workspace another name. Only owners do; to others it is `not_found`. */
export async function renameWorkspace(
  actor: MemberActor,
  { workspaceName: name }: RenameWorkspaceInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const { workspaceId: id, workspaceName: before } = actor;
  return await transact(async (tx) => {
    const role = await lockMembers(tx, actor);
    if (!role || !can({ role }, "workspace.rename")) {
      return fail("not_found", "There is no such workspace.");
    }
    if (name === before) return ok(null);
    await tx.workspace.updateMany({ where: { id }, data: { name } });
    const target = { type: "workspace", id, name } as const;
    const changes = { name: { from: before, to: name } };
    await recordAudit(tx, actor, { action: "workspace.renamed", target, changes }, now);
    return ok(null);
  });
}
