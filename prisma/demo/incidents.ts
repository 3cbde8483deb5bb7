import { freezeKey } from "@/lib/access/api-keys/changes/freeze-key";
import { closeIncident } from "@/lib/access/incidents/changes/close-incident";
import { handOverIncident } from "@/lib/access/incidents/changes/hand-over";
import { markPutRight, noteIncident, setSince } from "@/lib/access/incidents/changes/note-incident";
import { openIncident } from "@/lib/access/incidents/changes/open-incident";
import type { MemberActor } from "@/lib/people/auth/actor";
import { HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { expectOk } from "./expect-ok";

/**
 * The owner opens an incident and freezes the key a minute later. A colleague is to go on. Returns the time of the
 * freeze.
 */
export async function beginIncident(
  team: Record<"owner" | "admin", MemberActor>,
  keyId: string,
  now: Date,
): Promise<Date> {
  const openedAt = later(now, -41 * MINUTE_MS);
  const { incidentId } = expectOk(await openIncident(team.owner, { keyId }, openedAt));
  const frozenAt = later(openedAt, MINUTE_MS);
  expectOk(await freezeKey(team.owner, { keyId }, frozenAt));
  const { memberId } = team.admin;
  expectOk(
    await handOverIncident(team.owner, { incidentId, memberId }, later(frozenAt, MINUTE_MS)),
  );
  return frozenAt;
}

/** The owner sees to a leak from the report of it to the end, within two hours. */
export async function seeToLeak(owner: MemberActor, keyId: string, leakedAt: Date): Promise<void> {
  const openedAt = later(leakedAt, 20 * MINUTE_MS);
  const { incidentId } = expectOk(await openIncident(owner, { keyId }, openedAt));
  const since = later(leakedAt, -3 * HOUR_MS);
  expectOk(await setSince(owner, { incidentId, since }, later(openedAt, 4 * MINUTE_MS)));
  expectOk(await markPutRight(owner, { incidentId }, later(openedAt, 30 * MINUTE_MS)));
  const texts = {
    affected:
      "Nobody: the form could add contacts and read none. What was added that day was looked through.",
    notes:
      "The key stood in the JavaScript of the webinar page. Forms go through our own server now.",
  };
  const noted = { incidentId, revision: 1, ...texts };
  expectOk(await noteIncident(owner, noted, later(openedAt, 50 * MINUTE_MS)));
  expectOk(await closeIncident(owner, { incidentId }, later(openedAt, 100 * MINUTE_MS)));
}
