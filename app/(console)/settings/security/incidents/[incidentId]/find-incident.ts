import { notFound } from "next/navigation";
import { cache } from "react";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { incidentIdInput } from "@/lib/access/incidents/incident/schema";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { getIncident } from "@/lib/access/incidents/reading/read-incidents";
import type { MemberActor } from "@/lib/people/auth/actor";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

type FoundIncident = { actor: MemberActor; incident: ShownIncident; key: KeyDetails; at: Date };

/**
 * The incident of this page's URL with its key, read once per request. One that the member may not see ends in
 * "not found".
 */
export const findIncident = cache(async (incidentId: string): Promise<FoundIncident> => {
  const actor = await requireActor();
  const at = now();
  const asked = incidentIdInput.safeParse({ incidentId });
  if (!asked.success) notFound();
  const found = await getIncident(actor, asked.data, at);
  if (!found.ok) notFound();
  const key = await getKey(actor, { id: found.value.key.id }, at);
  if (!key.ok) notFound();
  return { actor, incident: found.value, key: key.value, at };
});
