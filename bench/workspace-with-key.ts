import { randomUUID } from "node:crypto";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { RATE_MAX } from "@/lib/access/api-keys/key/limits";
import { SCOPES } from "@/lib/people/auth/scopes";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";

/** A rate limit that no machine reaches, so the limiter counts but refuses nothing. */
const BEYOND_REACH = RATE_MAX * 1_000;

/** Creates a workspace with one key that may do everything, and returns the key's secret. */
export async function createWorkspaceWithKey(): Promise<string> {
  const owner = await givenOwner();
  const made = await createKey(
    owner,
    {
      name: "Bench",
      description: "",
      useCase: "crm-sync",
      environment: "live",
      scopes: [...SCOPES],
      expiry: { kind: "never" },
      allowedAddresses: [],
      audiences: [],
      sendingDomains: [],
      creationToken: randomUUID(),
    },
    now(),
  );
  if (!made.ok) throw new Error(made.message);
  await db().apiKey.updateMany({
    where: { id: made.value.keyId, workspaceId: owner.workspaceId },
    data: {
      ratePerMinute: BEYOND_REACH,
      recipientsPerMinute: BEYOND_REACH,
      recipientsPerDay: BEYOND_REACH,
    },
  });
  return made.value.secret;
}
