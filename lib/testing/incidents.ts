import { randomUUID } from "node:crypto";
import type { CreateKeyInput } from "@/lib/access/api-keys/key/schema";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { openIncident } from "@/lib/access/incidents/changes/open-incident";
import type { ReplaceKeyInput } from "@/lib/access/incidents/incident/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { givenKey, TEST_NOON } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";

/** A key that leaked the day after it was made, and the incident that `actor` opened about it. */
export async function givenIncident(
  actor: MemberActor,
  values: Partial<CreateKeyInput> = {},
): Promise<NewSecret & { incidentId: string }> {
  const key = await givenKey(actor, values, later(TEST_NOON, -DAY_MS));
  const { incidentId } = mustWork(await openIncident(actor, { keyId: key.keyId }, TEST_NOON));
  return { ...key, incidentId };
}

/** The input that the form sends for a key like the leaked one, with fewer scopes. */
export function replacementInput(
  incidentId: string,
  values: Partial<ReplaceKeyInput> = {},
): ReplaceKeyInput {
  return {
    incidentId,
    name: "HubSpot sync (new)",
    scopes: ["contacts:read"],
    allowedAddresses: [],
    expiry: { kind: "days", days: 90 },
    creationToken: randomUUID(),
    ...values,
  };
}
