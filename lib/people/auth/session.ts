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

/**
 * The signed-in member of this request, or null. Each request compares the cookie's claims with the session,
 * the person's session version and their membership in the database.
 */
export const currentActor = cache(async (): Promise<MemberActor | null> => {
  const claims = await readSessionClaims();
  if (!claims) return null;
  const session = await findSession(claims, await readActiveWorkspace(), now());
  if (!session) return null;
  const { address, userAgent } = requestFacts(await headers());
  await touchSession(session, { address, userAgent }, now());
  const { lastSeenAt: _, ...facts } = session;
  return vouchForMember({ kind: "member", ...facts, address, userAgent });
});

/** The signed-in member. Every page and action of the console starts here; strangers go to the sign-in page. */
export async function requireActor(): Promise<MemberActor> {
  const actor = await currentActor();
  if (actor) return actor;
  const path = pathToReturnTo((await headers()).get(PATH_HEADER));
  redirect(path === HOME_PATH ? "/login" : `/login?next=${encodeURIComponent(path)}`);
}
