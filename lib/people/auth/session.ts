import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { type MemberActor, vouchForMember } from "@/lib/people/auth/actor";
import { requestFacts } from "@/lib/people/auth/request-facts";
import { HOME_PATH, pathToReturnTo } from "@/lib/people/auth/safe-path";
import { readActiveWorkspace, readSessionClaims } from "@/lib/people/auth/session-cookie";
import { findSession, touchSession } from "@/lib/people/auth/session-store";
import { now } from "@/lib/platform/clock";

/** The header in which the edge hands on the path and query that the browser asked for. */
const PATH_HEADER = "x-postern-path";

/** Where a member goes who has to set up a second factor before anything else. */
export const SET_UP_PATH = "/second-factor";

/** A member, and whether they have to set up a second factor before they may do anything else. */
type SignedIn = { actor: MemberActor; mustSetUp: boolean };

/**
 * The member who is signed in; null where nobody is. Each request compares the cookie's claims with the session, the
 * person's session version and their membership in the database.
 */
const signedIn = cache(async (): Promise<SignedIn | null> => {
  const claims = await readSessionClaims();
  if (!claims) return null;
  const session = await findSession(claims, await readActiveWorkspace(), now());
  if (!session) return null;
  const { address, userAgent } = requestFacts(await headers());
  await touchSession(session, { address, userAgent }, now());
  const { lastSeenAt: _, needsSecondFactor, ...facts } = session;
  const actor = vouchForMember({ kind: "member", ...facts, address, userAgent });
  return { actor, mustSetUp: needsSecondFactor && !facts.hasSecondFactor };
});

/** The signed-in member of this request, or null: also while they have to set up a second factor first. */
export async function currentActor(): Promise<MemberActor | null> {
  const found = await signedIn();
  return found && !found.mustSetUp ? found.actor : null;
}

/** A signed-in member, and whether they still are, with the same role, while an answer goes on. */
type LastingActor = { actor: MemberActor; isStillSignedIn: () => Promise<boolean> };

/** The signed-in member of a request whose answer goes on for long, or null as `currentActor`. */
export async function lastingActor(): Promise<LastingActor | null> {
  const actor = await currentActor();
  const claims = await readSessionClaims();
  if (!actor || !claims) return null;
  return {
    actor,
    isStillSignedIn: async () => {
      const session = await findSession(claims, actor.workspaceId, now());
      const mustSetUp = session?.needsSecondFactor && !session.hasSecondFactor;
      return session?.memberId === actor.memberId && session.role === actor.role && !mustSetUp;
    },
  };
}

/** The member who has to set up a second factor before anything else; null for everybody else. */
export async function actorSettingUp(): Promise<MemberActor | null> {
  const found = await signedIn();
  return found?.mustSetUp ? found.actor : null;
}

/**
 * The signed-in member. Every page and action of the console starts here; strangers go to the sign-in page, and
 * members who have to set up a second factor to the page for that.
 */
export async function requireActor(): Promise<MemberActor> {
  const found = await signedIn();
  if (found && !found.mustSetUp) return found.actor;
  const path = pathToReturnTo((await headers()).get(PATH_HEADER));
  const door = found ? SET_UP_PATH : "/login";
  redirect(path === HOME_PATH ? door : `${door}?next=${encodeURIComponent(path)}`);
}
