import { randomUUID } from "node:crypto";
import { type MemberActor, vouchForMember } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import type { Role } from "@/prisma/generated/enums";

/** A new workspace and its signed-in owner. */
export async function givenOwner(): Promise<MemberActor> {
  const at = now();
  const workspace = await db().workspace.create({
    data: { id: newId("wsp", at), name: `Workspace ${randomUUID()}`, createdAt: at },
  });
  return await givenMember(workspace, "owner");
}

/** Another signed-in member of the actor's workspace. */
export async function givenColleague(
  { workspaceId, workspaceName }: MemberActor,
  role: Role,
): Promise<MemberActor> {
  return await givenMember({ id: workspaceId, name: workspaceName }, role);
}

async function givenMember(
  workspace: { id: string; name: string },
  role: Role,
): Promise<MemberActor> {
  const at = now();
  const name = `${role} ${randomUUID().slice(0, 8)}`;
  const email = `${randomUUID()}@example.com`;
  const user = await db().user.create({
    data: { id: newId("usr", at), email, name, passwordHash: "none", createdAt: at },
  });
  const member = await db().member.create({
    data: { id: newId("mem", at), workspaceId: workspace.id, userId: user.id, role, createdAt: at },
  });
  return vouchForMember({
    kind: "member",
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    memberId: member.id,
    userId: user.id,
    sessionId: newId("ses", at),
    browserId: null,
    hasSecondFactor: false,
    confirmedAt: null,
    name,
    email,
    role,
    address: "203.0.113.9",
    userAgent: "vitest",
  });
}
