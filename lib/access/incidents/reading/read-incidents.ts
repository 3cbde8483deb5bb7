import { noIncident } from "@/lib/access/incidents/changes/change-incident";
import { INCIDENTS_SHOWN } from "@/lib/access/incidents/incident/limits";
import {
  incidentSelect,
  incidentsVisibleTo,
  type ShownIncident,
  toShownIncident,
} from "@/lib/access/incidents/incident/shown-incident";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** One incident, if the actor may see it. */
export async function getIncident(
  actor: MemberActor,
  { incidentId }: { incidentId: string },
  now: Date,
): Promise<Result<ShownIncident, "not_found">> {
  const [incident] = await incidentsWhere(actor, { id: incidentId }, now);
  return incident ? ok(incident) : noIncident();
}

/** The open incident of a key, or null. */
export async function openIncidentOf(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<ShownIncident | null> {
  const [incident] = await incidentsWhere(actor, { keyId, closedAt: null }, now);
  return incident ?? null;
}

/** The open incidents that the actor may see, and those that have ended, the latest 20 of each. */
export async function listIncidents(
  actor: MemberActor,
  now: Date,
): Promise<{ open: ShownIncident[]; ended: ShownIncident[] }> {
  const [open, ended] = await Promise.all([
    incidentsWhere(actor, { closedAt: null }, now),
    incidentsWhere(actor, { closedAt: { not: null } }, now),
  ]);
  return { open, ended };
}

/** The open incidents that a colleague handed to the actor, the latest 20. */
export async function incidentsHandedTo(actor: MemberActor, now: Date): Promise<ShownIncident[]> {
  return await incidentsWhere(actor, { closedAt: null, handlerId: actor.memberId }, now);
}

async function incidentsWhere(
  actor: MemberActor,
  where: Prisma.IncidentWhereInput,
  now: Date,
): Promise<ShownIncident[]> {
  const visible = incidentsVisibleTo(actor);
  if (!visible) return [];
  const rows = await reader().incident.findMany({
    where: { AND: [visible, where] },
    select: incidentSelect,
    orderBy: { id: "desc" },
    take: INCIDENTS_SHOWN,
  });
  return rows.map((row) => toShownIncident(actor, row, now));
}
