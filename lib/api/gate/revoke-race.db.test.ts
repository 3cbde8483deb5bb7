import { afterEach, expect, test, vi } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { forgetKey, lookUpKey, rememberedKey } from "@/lib/access/api-keys/verification/key-cache";
import { findKeyByHash, type KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { recognise, verify } from "@/lib/access/api-keys/verification/verify";
import { later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { CALLER_ADDRESS, call, givenWorkingKey } from "@/lib/testing/gate";

/** Look-ups that answer when the test says so. */
function heldLookUps() {
  const waiting: ((found: KeyRecord | null) => void)[] = [];
  let asked = 0;
  const load = () => {
    asked += 1;
    return new Promise<KeyRecord | null>((resolve) => waiting.push(resolve));
  };
  const release = (found: KeyRecord | null) => {
    for (const resolve of waiting.splice(0)) resolve(found);
  };
  return { load, release, asked: () => asked };
}

/** Calls until five calls that began after `isRevoked` were answered; returns those that were let in. */
async function callUntilRefused(secret: string, isRevoked: () => boolean): Promise<number> {
  let letIn = 0;
  let refused = 0;
  while (letIn + refused < 5) {
    const beganAfter = isRevoked();
    const { status } = await call("/me", { secret });
    // A remembered key is answered without waiting for anything, so the revoke needs its turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (beganAfter && status === 401) refused += 1;
    if (beganAfter && status !== 401) letIn += 1;
  }
  return letIn;
}

afterEach(() => vi.unstubAllEnvs());

test("no request that begins after a revoke is let in, however many were under way", async () => {
  const owner = await givenOwner();
  for (let round = 0; round < 3; round += 1) {
    const key = await givenWorkingKey(owner);
    let revoked = false;
    const callers = Promise.all(
      Array.from({ length: 8 }, () => callUntilRefused(key.secret, () => revoked)),
    );
    const input = { keyId: key.keyId, reason: "compromised", note: "" } as const;
    const done = await revokeKey(owner, input, now());
    revoked = true;
    expect(done.ok).toBe(true);
    expect(await callers).toEqual(Array(8).fill(0));
  }
});

test("a look-up that began before a key was forgotten is neither kept nor given to later requests", async () => {
  const key = await givenWorkingKey(await givenOwner());
  const hash = hashSecret(key.secret);
  const at = now();
  const before = await findKeyByHash(hash);
  const held = heldLookUps();
  const early = lookUpKey(hash, held.load, at);
  const alsoEarly = lookUpKey(hash, held.load, at);
  expect(held.asked()).toBe(1);
  await db().apiKey.update({ where: { id: key.keyId }, data: { revokedAt: at } });
  forgetKey(key.keyId);
  const late = await lookUpKey(hash, findKeyByHash, at);
  expect(late?.revokedAt).not.toBeNull();
  held.release(before);
  await new Promise((resolve) => setImmediate(resolve));
  // The early ones read the state from before the change, so they read once more.
  expect(held.asked()).toBe(3);
  held.release(late);
  expect((await early)?.revokedAt).not.toBeNull();
  expect((await alsoEarly)?.revokedAt).not.toBeNull();
  expect(rememberedKey(hash, at)?.revokedAt).not.toBeNull();
});

test("what is remembered is fresh for a second of the given clock, also that there is no such key", async () => {
  const at = now();
  const none = "0".repeat(64);
  expect(rememberedKey(none, at)).toBeUndefined();
  expect(await lookUpKey(none, findKeyByHash, at)).toBeNull();
  expect(rememberedKey(none, later(at, 999))).toBeNull();
  expect(rememberedKey(none, later(at, 1_000))).toBeUndefined();
  expect(rememberedKey(none, later(at, -1))).toBeUndefined();
});

test("a key that another process revokes is believed for a second at most", async () => {
  // Other processes share only a server's database.
  vi.stubEnv("POSTERN_EMBEDDED_DATABASE", "0");
  const key = await givenWorkingKey(await givenOwner());
  const at = now();
  const outcomeAfter = async (milliseconds: number) => {
    const credential = { kind: "secret", secret: key.secret } as const;
    const asked = { scope: null, address: CALLER_ADDRESS };
    return (await verify(credential, asked, later(at, milliseconds))).outcome;
  };
  expect(await outcomeAfter(0)).toBe("valid");
  await db().apiKey.update({ where: { id: key.keyId }, data: { revokedAt: at } });
  expect(await outcomeAfter(999)).toBe("valid");
  expect(await outcomeAfter(1_001)).toBe("revoked");
});

test("on the embedded database a key that is known waits for no look-up, and is revoked at once", async () => {
  vi.stubEnv("POSTERN_EMBEDDED_DATABASE", "1");
  const owner = await givenOwner();
  const key = await givenWorkingKey(owner);
  const credential = { kind: "secret", secret: key.secret } as const;
  const recognised = () => recognise(credential, CALLER_ADDRESS, later(now(), 60_000));
  await recognised();
  expect(recognised()).toMatchObject({ key: { keyId: key.keyId, revokedAt: null } });
  const revoked = await revokeKey(
    owner,
    { keyId: key.keyId, reason: "compromised", note: "" },
    now(),
  );
  expect(revoked.ok).toBe(true);
  expect(recognised()).toBeInstanceOf(Promise);
  expect((await recognised()).key?.revokedAt).not.toBeNull();
});

test("a failed look-up is not remembered", async () => {
  const hash = "1".repeat(64);
  const fails = () => Promise.reject(new Error("away"));
  await expect(lookUpKey(hash, fails, now())).rejects.toThrow("away");
  expect(await lookUpKey(hash, findKeyByHash, now())).toBeNull();
});

test("an upload that was let in before a revoke changes nothing after it", async () => {
  const owner = await givenOwner();
  const key = await givenWorkingKey(owner);
  const email = "slow@example.com";
  let letIn: (body: ReadableStreamDefaultController<Uint8Array>) => void = () => undefined;
  const isLetIn = new Promise<Parameters<typeof letIn>[0]>((resolve) => {
    letIn = resolve;
  });
  // Without a buffer it is pulled by whoever reads it: the gate, once it has let the call in.
  const body = new ReadableStream<Uint8Array>({ pull: letIn }, { highWaterMark: 0 });
  const upload = sendStream(key.secret, body);
  const sending = await isLetIn;
  await revokeKey(owner, { keyId: key.keyId, reason: "compromised", note: "" }, now());
  sending.enqueue(new TextEncoder().encode(JSON.stringify({ email })));
  sending.close();
  expect((await upload).status).toBe(401);
  expect(await db().contact.count({ where: { email } })).toBe(0);
});

async function sendStream(secret: string, body: ReadableStream): Promise<Response> {
  const { api } = await import("@/lib/api/app");
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body,
    duplex: "half",
  };
  return await api.request("/api/v1/contacts", init, {});
}
