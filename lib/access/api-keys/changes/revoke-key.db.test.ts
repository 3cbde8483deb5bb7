import { expect, test } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { verify } from "@/lib/access/api-keys/verification/verify";
import { db } from "@/lib/platform/database/unit-of-work";
import { auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

test("a revoked key is refused from the next request on, and stays listed with its reason", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  const call = () =>
    verify({ kind: "secret", secret }, { scope: null, address: "203.0.113.9" }, now);
  expect((await call()).outcome).toBe("valid");
  const input = { keyId, reason: "other", note: "The agency left" } as const;
  expect(await revokeKey(owner, input, now)).toEqual({ ok: true, value: { revokedAt: now } });
  expect((await call()).outcome).toBe("revoked");
  const key = await getKey(owner, { id: keyId }, now);
  expect(key.ok && key.value).toMatchObject({
    status: "revoked",
    revokedAt: now,
    revokeReason: "other",
    revokeNote: "The agency left",
  });
  expect((await auditOf(keyId, "key.revoked"))[0]).toMatchObject({
    action: "key.revoked",
    changes: {
      revokedAt: { from: null, to: now.toISOString() },
      reason: { from: null, to: "other" },
      note: { from: null, to: "The agency left" },
    },
  });
});

test("of twenty people who revoke a key at once, the first one's reason stays", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      revokeKey(owner, { keyId, reason: "other", note: `Reason ${at}` }, now),
    ),
  );
  const won = results.findIndex((result) => result.ok);
  const codes = results.flatMap((result) => (result.ok ? [] : [result.code]));
  expect(codes).toEqual(Array(19).fill("already_revoked"));
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key.revokeNote).toBe(`Reason ${won}`);
  expect(await auditOf(keyId, "key.revoked")).toHaveLength(1);
});
