import {
  type KeyActor,
  type MemberActor,
  vouchForKey,
  vouchForMember,
} from "@/lib/people/auth/actor";

const FACTS = { workspaceId: "wsp_1", address: "203.0.113.9", userAgent: "vitest" };

/** A key in a call, with the given facts. By itself it is in no database. */
export function aKeyActor(
  facts: Partial<
    Pick<KeyActor, "workspaceId" | "keyId" | "callId" | "address" | "audiences" | "sendingDomains">
  > = {},
): KeyActor {
  return vouchForKey({
    kind: "key",
    ...FACTS,
    keyId: "key_1",
    keyName: "Shop",
    secretId: "sec_1",
    environment: "live",
    scopes: [],
    audiences: null,
    sendingDomains: null,
    skipUnsubscribed: false,
    forgetBodies: false,
    callId: "00000000-0000-7000-8000-000000000000",
    ...facts,
  });
}

/** A signed-in owner who is in no database. */
export function aMemberActor(): MemberActor {
  return vouchForMember({
    kind: "member",
    ...FACTS,
    workspaceName: "Acme",
    memberId: "mem_1",
    userId: "usr_1",
    sessionId: "ses_1",
    browserId: null,
    hasSecondFactor: false,
    confirmedAt: null,
    name: "Mara Keller",
    email: "mara@example.com",
    role: "owner",
  });
}
