import { randomUUID } from "node:crypto";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import {
  type CreateKeyInput,
  createKeyInput,
  type EditKeyInput,
} from "@/lib/access/api-keys/key/schema";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";

/** The present instant in tests of keys, unless a test sets another one. */
export const TEST_NOON = new Date("2026-11-23T12:00:00.000Z");

/** The input that the form sends for an ordinary key. */
export function keyInput(values: Partial<CreateKeyInput> = {}): CreateKeyInput {
  return createKeyInput.parse({
    name: "HubSpot sync",
    description: "",
    useCase: "crm-sync",
    environment: "live",
    scopes: ["contacts:read", "contacts:write"],
    expiry: { kind: "days", days: 90 },
    allowedAddresses: [],
    creationToken: randomUUID(),
    ...values,
  });
}

/** A new key of `actor`, with its secret and the secret's id. */
export async function givenKey(
  actor: MemberActor,
  values: Partial<CreateKeyInput> = {},
  at = TEST_NOON,
): Promise<NewSecret & { secretId: string }> {
  const created = await createKey(actor, keyInput(values), at);
  if (!created.ok) throw new Error(created.message);
  return { ...created.value, secretId: await currentSecretId(created.value.keyId) };
}

/** The id of a key's current secret. */
export async function currentSecretId(keyId: string): Promise<string> {
  const secret = await db().apiKeySecret.findFirstOrThrow({
    where: { keyId, retiresAt: null },
    select: { id: true },
  });
  return secret.id;
}

/** The input that the edit form of this key sends when nothing in it was changed. */
export async function editInput(keyId: string): Promise<EditKeyInput> {
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  const { name, description, revision, ownerId, allowedAddresses, ratePerMinute } = key;
  return {
    keyId,
    name,
    description,
    revision,
    ownerId,
    allowedAddresses,
    ratePerMinute,
    audiences: key.audienceIds,
    sendingDomains: key.sendingDomains,
    scopes: createKeyInput.shape.scopes.parse(key.scopes),
    expiry: { kind: "keep" },
    confirmWidening: false,
  };
}

/** The actions of the audit events about a key, sorted by name, since events of one instant have no order. */
export async function actionsOn(keyId: string): Promise<string[]> {
  const events = await db().auditEvent.findMany({ where: { targetId: keyId } });
  return events.map(({ action }) => action).sort();
}

/** The audit events about a key that have the action `action`, oldest first. */
export async function auditOf(keyId: string, action: AuditAction) {
  return await db().auditEvent.findMany({
    where: { targetId: keyId, action },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
}
