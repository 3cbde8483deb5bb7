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
  return { email, password, claims, actor: await actorOf(claims, workspaceId) };
}

/** A person whose password is checked in no time, for tests that guess it a hundred times and are not about the work. */
export async function givenGuessedPerson(): Promise<Person> {
  const person = await givenPerson();
  const { email, password } = person;
  const passwordHash = await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });
  await db().user.update({ where: { email }, data: { passwordHash } });
  return person;
}

/** The actor that the session guard makes from these claims. */
export async function actorOf(claims: SessionClaims, workspaceId: string): Promise<MemberActor> {
  const session = await findSession(claims, workspaceId, now());
  if (!session) throw new Error("The session is not alive.");
  const { lastSeenAt: _, ...facts } = session;
  return vouchForMember({ kind: "member", ...facts, ...TEST_REQUEST });
}
