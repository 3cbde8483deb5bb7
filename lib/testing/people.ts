import { randomUUID } from "node:crypto";
import { signUp } from "@/lib/people/accounts/sign-up";
import { type MemberActor, vouchForMember } from "@/lib/people/auth/actor";
import { findSession, type SessionClaims } from "@/lib/people/auth/session-store";
import { now } from "@/lib/platform/clock";

export const TEST_REQUEST = { address: "203.0.113.9", userAgent: "vitest" };

/** Someone who can sign in, signed in as the owner of a workspace of their own. */
export type Person = {
  email: string;
  password: string;
  actor: MemberActor;
  claims: SessionClaims;
};

/** Signs a new person up, by the way that people do. */
export async function givenPerson(): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const password = `correct horse ${randomUUID()}`;
  const input = {
    workspaceName: `Workspace ${randomUUID()}`,
    name: "Mara Keller",
    email,
    password,
  };
  const result = await signUp(input, TEST_REQUEST, now(), true);
  if (!result.ok) throw new Error(result.message);
  const { claims, workspaceId } = result.value;
  return { email, password, claims, actor: await actorOf(claims, workspaceId) };
}

/** Who these claims make, as the session guard would say. */
export async function actorOf(claims: SessionClaims, workspaceId: string): Promise<MemberActor> {
  const session = await findSession(claims, workspaceId, now());
  if (!session) throw new Error("The session is not alive.");
  const { lastSeenAt: _, ...facts } = session;
  return vouchForMember({ kind: "member", ...facts, ...TEST_REQUEST });
}
