import { recordAudit } from "@/lib/people/audit/record";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";

/** A person with an account, and the version that their sessions must carry. */
export type KnownUser = { id: string; name: string; sessionVersion: number };

/** Adds a person who can sign in. The email must be normalised; a taken one throws (P2002). */
export async function createUser(
  tx: Transaction,
  person: { name: string; email: string; passwordHash: string },
  now: Date,
): Promise<KnownUser> {
  return await tx.user.create({
    data: { id: newId("usr", now), ...person, createdAt: now },
    select: { id: true, name: true, sessionVersion: true },
  });
}

/** Creates a workspace with one member, its owner, and its first audit event. */
export async function createWorkspaceWithOwner(
  tx: Transaction,
  { name, owner }: { name: string; owner: KnownUser },
  request: RequestFacts,
  now: Date,
): Promise<{ workspaceId: string; memberId: string }> {
  const workspaceId = newId("wsp", now);
  const memberId = newId("mem", now);
  await tx.workspace.create({ data: { id: workspaceId, name, createdAt: now } });
  await tx.member.create({
    data: { id: memberId, workspaceId, userId: owner.id, role: "owner", createdAt: now },
  });
  const actor = { workspaceId, memberId, name: owner.name, ...request };
  const target = { type: "workspace", id: workspaceId, name } as const;
  await recordAudit(tx, actor, { action: "workspace.created", target }, now);
  return { workspaceId, memberId };
}
