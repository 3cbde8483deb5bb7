import { expect, test } from "vitest";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { undoRevoke } from "@/lib/access/api-keys/changes/undo-revoke";
import type { CreateKeyInput } from "@/lib/access/api-keys/key/schema";
import { generateSecret, hashSecret } from "@/lib/access/api-keys/key/secret";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { verify } from "@/lib/access/api-keys/verification/verify";
import { listFindings } from "@/lib/access/findings/reading/read-findings";
import { watchKey } from "@/lib/access/findings/watching/watch-keys";
import { setLeakPolicy } from "@/lib/access/leaks/leak-policy";
import { LEAKS_KEPT } from "@/lib/access/leaks/limits";
import { mailKeyLeaked } from "@/lib/access/leaks/mail-key-leaked";
import { receiveLeak } from "@/lib/access/leaks/receive-leak";
import { takeReports } from "@/lib/access/leaks/take-reports";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { actionsOn, auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { reported } from "@/lib/testing/leaks";
import { withMailServer } from "@/lib/testing/with-mail-server";

const mail = withMailServer();
const URL_FOUND = "https://github.com/acme/site/blob/main/.env";
const READS: Partial<CreateKeyInput> = { scopes: ["contacts:read"] };

async function outcomeOf(secret: string): Promise<string> {
  const asked = { scope: null, address: "203.0.113.9" };
  return (await verify({ kind: "secret", secret }, asked, now)).outcome;
}

async function leakedFindings(owner: MemberActor, at = now) {
  const { findings } = await listFindings(owner, { show: "open" }, at);
  return findings.filter(({ about }) => about.kind === "leaked");
}

test("a reported live key that can change things is revoked for good, with a finding and its record", async () => {
  const owner = await givenOwner();
  const { keyId, secret, hint } = await givenKey(owner);
  expect(await outcomeOf(secret)).toBe("valid");
  await reported({ secret, url: URL_FOUND }, now);
  expect(await outcomeOf(secret)).toBe("revoked");
  const key = await getKey(owner, { id: keyId }, now);
  expect(key.ok && key.value).toMatchObject({ revokeReason: "compromised", undoableUntil: null });
  expect(await leakedFindings(owner)).toMatchObject([
    { severity: "urgent", remedy: "stop_leak", about: { facts: { url: URL_FOUND, reports: 1 } } },
  ]);
  expect(await auditOf(keyId, "key.leak_reported")).toMatchObject([
    {
      actorId: null,
      actorName: "Somebody who found the key",
      changes: { foundAt: { from: null, to: URL_FOUND }, secret: { from: null, to: hint } },
    },
  ]);
  expect(await auditOf(keyId, "key.revoked")).toMatchObject([
    { actorId: null, changes: { reason: { from: null, to: "compromised" } } },
  ]);
});

test("a key that can only read goes on and raises an alert, unless the workspace wants all revoked", async () => {
  const owner = await givenOwner();
  const [first, second] = [await givenKey(owner, READS), await givenKey(owner, READS)];
  await reported({ secret: first.secret, url: "" }, now);
  expect(await outcomeOf(first.secret)).toBe("valid");
  expect(await leakedFindings(owner)).toMatchObject([{ remedy: "stop_leak" }]);
  mustWork(await setLeakPolicy(owner, { policy: "revoke_all" }, now));
  await reported({ secret: second.secret, url: "" }, now);
  expect(await outcomeOf(second.secret)).toBe("revoked");
});

test("a workspace that only wants to be told keeps its keys, paused ones too", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  expect(await setLeakPolicy(marketer, { policy: "alert" }, now)).toMatchObject({ ok: false });
  mustWork(await setLeakPolicy(owner, { policy: "alert" }, now));
  const { keyId, secret } = await givenKey(owner);
  mustWork(await pauseKey(owner, { keyId }, now));
  await reported({ secret, url: "" }, now, "github");
  expect(await outcomeOf(secret)).toBe("paused");
  await watchKey({ workspaceId: owner.workspaceId, keyId }, now);
  expect(await leakedFindings(owner)).toHaveLength(1);
});

test("the same place reported again stops a key once the workspace wants that", async () => {
  const owner = await givenOwner();
  mustWork(await setLeakPolicy(owner, { policy: "alert" }, now));
  const { secret } = await givenKey(owner);
  await reported({ secret, url: URL_FOUND }, now);
  mustWork(await setLeakPolicy(owner, { policy: "revoke_harmful" }, now));
  await reported({ secret, url: URL_FOUND }, now);
  expect(await outcomeOf(secret)).toBe("revoked");
  expect(await leakedFindings(owner)).toMatchObject([{ about: { facts: { reports: 1 } } }]);
});

test("a revoke that could be undone can't be once the key leaked", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  mustWork(await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now));
  await reported({ secret, url: "" }, now);
  expect(await undoRevoke(owner, { keyId }, now)).toMatchObject({ code: "leaked" });
  expect(await auditOf(keyId, "key.revoked")).toHaveLength(1);
});

test("a secret that was rotated away is put on record and stops nothing", async () => {
  const owner = await givenOwner();
  const { keyId, secret, secretId: currentSecretId } = await givenKey(owner);
  const grace = { kind: "immediately" } as const;
  const { secret: next } = mustWork(await rotateKey(owner, { keyId, currentSecretId, grace }, now));
  await reported({ secret, url: "" }, later(now, 1));
  expect(await outcomeOf(next)).toBe("valid");
  expect(await auditOf(keyId, "key.leak_reported")).toHaveLength(1);
  expect(await leakedFindings(owner)).toEqual([]);
});

test("the finding closes once the leaked secret is replaced, or 30 days after a revoke", async () => {
  const owner = await givenOwner();
  const { workspaceId } = owner;
  const replaced = await givenKey(owner, READS);
  await reported({ secret: replaced.secret, url: "" }, now);
  const rotation = { keyId: replaced.keyId, currentSecretId: replaced.secretId };
  mustWork(await rotateKey(owner, { ...rotation, grace: { kind: "immediately" } }, now));
  await watchKey({ workspaceId, keyId: replaced.keyId }, later(now, 1));
  expect(await leakedFindings(owner)).toEqual([]);
  const revoked = await givenKey(owner);
  await reported({ secret: revoked.secret, url: "" }, now);
  await watchKey({ workspaceId, keyId: revoked.keyId }, later(now, 29 * DAY_MS));
  expect(await leakedFindings(owner)).toHaveLength(1);
  await watchKey({ workspaceId, keyId: revoked.keyId }, later(now, 31 * DAY_MS));
  expect(await leakedFindings(owner)).toEqual([]);
});

test("reports of one place count once, also at once, and twenty places of a secret are kept", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  await takeReports([{ secret, url: "" }], "anybody", now);
  const { id } = await db().leakReport.findFirstOrThrow({
    where: { secretHash: hashSecret(secret) },
  });
  await Promise.all([receiveLeak(id, now), receiveLeak(id, now)]);
  await reported({ secret, url: "" }, now);
  expect(await actionsOn(keyId)).toEqual(["key.created", "key.leak_reported", "key.revoked"]);
  for (let at = 0; at <= LEAKS_KEPT; at += 1) {
    await reported({ secret, url: `https://paste.example/${at}` }, now);
  }
  expect(await db().leak.count({ where: { keyId } })).toBe(LEAKS_KEPT);
});

test("a secret that nobody has leaves nothing", async () => {
  const secret = generateSecret("live");
  await reported({ secret, url: URL_FOUND }, now);
  expect(await db().leakReport.count({ where: { secretHash: hashSecret(secret) } })).toBe(0);
});

test("the owner and all admins are told by mail, which holds no URL of a stranger and no secret", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const admin = await givenColleague(owner, "admin");
  await givenColleague(owner, "viewer");
  const { keyId, secret } = await givenKey(marketer);
  await reported({ secret, url: URL_FOUND }, now);
  const jobs = await db().$queryRaw<{ payload: { memberId: string; keyId: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs AS job
    JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
    WHERE task.identifier = 'mail_key_leaked' AND payload->>'keyId' = ${keyId}`;
  const told = jobs.map(({ payload }) => payload.memberId).sort();
  expect(told).toEqual([owner.memberId, marketer.memberId, admin.memberId].sort());
  await mailKeyLeaked({ memberId: marketer.memberId, keyId });
  const arrived = mail().arrivals.find(({ to }) => to.includes(marketer.email));
  const text = `${arrived?.mail.subject} ${arrived?.mail.text}`;
  expect(text).toContain(`/settings/api-keys/${keyId}`);
  expect(text).not.toContain(URL_FOUND);
  expect(text).not.toContain(secret);
});
