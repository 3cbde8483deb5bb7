import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { signUp } from "@/lib/people/accounts/sign-up";
import { type MemberActor, vouchForMember } from "@/lib/people/auth/actor";
import { findSession, type SessionClaims } from "@/lib/people/auth/session-store";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";

export const TEST_REQUEST = { address: "203.0.113.9", userAgent: "vitest", browserHash: null };

/** A person with a password, signed in as the owner of their own workspace. */
export type Person = {
  email: string;
  password: string;
  actor: MemberActor;
  claims: SessionClaims;
};

/** Signs up a new person by the same steps as in the console. */
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
  await db().user.update({ where: { email }, data: { passwordHash: await quickHash(password) } });
  return { email, password, claims, actor: await actorOf(claims, workspaceId) };
}

/** A hash that is checked in no time: a test that guesses a hundred times is not about the work of each guess. */
async function quickHash(password: string): Promise<string> {
  return await hash(password.normalize("NFKC"), { memoryCost: 8, timeCost: 1, parallelism: 1 });
}

/** The actor that the session guard makes from these claims. */
export async function actorOf(claims: SessionClaims, workspaceId: string): Promise<MemberActor> {
  const session = await findSession(claims, workspaceId, now());
  if (!session) throw new Error("The session is not alive.");
  const { lastSeenAt: _, ...facts } = session;
  return vouchForMember({ kind: "member", ...facts, ...TEST_REQUEST });
}
