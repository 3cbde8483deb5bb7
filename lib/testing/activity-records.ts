import { NOBODY } from "@/lib/access/activity/recording/call-counts";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId, newUuid } from "@/lib/platform/ids";

/** An ordinary recorded call, made now. `facts` replaces the values that the test is about. */
export function aRequest(facts: Partial<RequestRecord> & { at?: Date } = {}): RequestRecord {
  const { at = now(), ...rest } = facts;
  return {
    id: newUuid(at),
    workspaceId: newId("wsp", at),
    keyId: newId("key", at),
    secretId: newId("sec", at),
    environment: "live",
    method: "GET",
    route: "/contacts",
    path: "/contacts",
    status: 200,
    code: null,
    durationMs: 7,
    address: "203.0.113.7",
    userAgent: "HubSpot-Sync/3.1",
    bytesIn: 0,
    bytesOut: 412,
    scopes: ["contacts:read"],
    authenticated: true,
    repeats: 0,
    ...NOBODY,
    ...rest,
  };
}

/** A key with one secret, owned by `owner`, for tests about the calls of keys. */
export async function givenPlainKey(owner: MemberActor, name = "HubSpot sync") {
  const at = now();
  const { workspaceId } = owner;
  const [keyId, secretId] = [newId("key", at), newId("sec", at)];
  await db().apiKey.create({
    data: {
      id: keyId,
      workspaceId,
      ownerId: owner.memberId,
      name,
      environment: "live",
      scopes: ["contacts:read"],
      allowedAddresses: [],
      createdAt: at,
      creationToken: keyId,
      secrets: {
        create: { id: secretId, workspaceId, hash: secretId, lastFour: "9LmK", createdAt: at },
      },
    },
  });
  return { workspaceId, keyId, secretId };
}
