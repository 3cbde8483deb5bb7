import { type Damage, readDamage } from "@/lib/access/damage/reading/read-damage";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import type { MemberActor } from "@/lib/people/auth/actor";

/** The calls of an incident's key since the chosen time, and what they changed; null while none is chosen. */
export async function damageOf(
  actor: MemberActor,
  { key, since }: ShownIncident,
  now: Date,
): Promise<Damage | null> {
  if (!since) return null;
  return await readDamage(actor, { keyId: key.id, since, callers: undefined }, now);
}
