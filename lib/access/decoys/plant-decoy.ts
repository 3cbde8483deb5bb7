import { generateSecret, hintOf, toStorable } from "@/lib/access/api-keys/key/secret";
import { DECOYS_MAX } from "@/lib/access/decoys/limits";
import type { PlantDecoyInput } from "@/lib/access/decoys/schema";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { SCOPES } from "@/lib/people/auth/scopes";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * The scopes of a decoy: it may read everything, and change or send nothing. So the gate refuses each call that would
 * store or send anything, in the same way and with the same words as for any key without the permission.
 */
export const DECOY_SCOPES = SCOPES.filter((scope) => scope.endsWith(":read"));

/** A decoy that was just made. Its secret is nowhere else, and is never shown again. */
export type PlantedDecoy = { decoyId: string; secret: string };

/**
 * Makes a decoy: a live key that opens nothing, to be put where no program would use it. `not_found` for members who
 * don't manage every key, `too_many` beyond 50.
 */
export async function plantDecoy(
  actor: MemberActor,
  { name, place }: PlantDecoyInput,
  now: Date,
): Promise<Result<PlantedDecoy, "not_found" | "too_many">> {
  if (!can(actor, "keys.manage_all")) return fail("not_found", "There is no such page.");
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    const planted = { workspaceId, decoyPlace: { not: null }, revokedAt: null };
    if ((await tx.apiKey.count({ where: planted })) >= DECOYS_MAX) {
      return fail("too_many", `There are ${DECOYS_MAX} decoys. Remove one first.`);
    }
    const secret = await store(tx, actor, { name, place }, now);
    return ok(secret);
  });
}

async function store(
  tx: Transaction,
  actor: MemberActor,
  { name, place }: PlantDecoyInput,
  now: Date,
): Promise<PlantedDecoy> {
  const { workspaceId, memberId: ownerId } = actor;
  const [decoyId, environment] = [newId("key", now), "live"] as const;
  const secret = generateSecret(environment);
  const stored = toStorable(secret);
  const scopes = [...DECOY_SCOPES];
  const key = { id: decoyId, workspaceId, ownerId, name, environment, scopes, createdAt: now };
  await tx.apiKey.create({
    data: { ...key, allowedAddresses: [], creationToken: decoyId, decoyPlace: place },
  });
  await tx.apiKeySecret.create({
    data: { id: newId("sec", now), workspaceId, keyId: decoyId, ...stored, createdAt: now },
  });
  const target = { type: "decoy", id: decoyId, name } as const;
  const changes = firstValues({ place, secret: hintOf(environment, stored.lastFour) });
  await recordAudit(tx, actor, { action: "decoy.planted", target, changes }, now);
  return { decoyId, secret };
}
