import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** A workspace that a person can switch to. */
export type WorkspaceChoice = { id: string; name: string };

/** The workspaces the actor is a member of, by name. */
export async function workspacesOf(actor: MemberActor): Promise<WorkspaceChoice[]> {
  return await reader().workspace.findMany({
    where: { members: { some: { userId: actor.userId } } },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** Succeeds where the actor may open this workspace, as one of its members; else `not_found`. */
export async function chooseWorkspace(
  actor: MemberActor,
  { workspaceId }: { workspaceId: string },
): Promise<Result<{ workspaceId: string }, "not_found">> {
  const membership = await reader().member.findUnique({
    where: { workspaceId_userId: { workspaceId, userId: actor.userId } },
    select: { workspaceId: true },
  });
  return membership ? ok(membership) : fail("not_found", "There is no such workspace.");
}
