import type { RequestRecord } from "@/lib/activity/record";
import { now } from "@/lib/clock";
import { newId, newUuid } from "@/lib/ids";

/** A recorded call like any other, made now, with what the test cares about set otherwise. */
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
    authenticated: true,
    ...rest,
  };
}
