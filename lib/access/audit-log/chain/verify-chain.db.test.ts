import { beforeEach, expect, test } from "vitest";
import { hashOfDetails, hashOfEntry, NO_HASH } from "@/lib/access/audit-log/chain/entry";
import { faultInWords } from "@/lib/access/audit-log/chain/faults";
import { verifyChain } from "@/lib/access/audit-log/chain/verify-chain";
import { recordAudits, recordForEach } from "@/lib/people/audit/record";
import { redactAudits } from "@/lib/people/audit/redact";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { entriesOf, eventOf, happened, tamper } from "@/lib/testing/audit-chain";
import { redacted } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";

const HOSTILE = 'Zoë "\\" \u0001\u2028\u007f 😀 </script>\t\n=1+1';

let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
});

async function givenEntries(count: number) {
  const names = Array.from({ length: count }, (_, at) => `key ${at + 1}`);
  await transact((tx) => recordAudits(tx, owner, names.map(eventOf), now));
  return await entriesOf(owner);
}

/** The first fault of the log; null where it is whole. */
async function faultFound() {
  const verdict = await verifyChain(owner.workspaceId);
  return verdict.isWhole ? null : verdict.fault;
}

test("a log without entries is whole", async () => {
  const end = { number: 0, hash: NO_HASH };
  expect(await verifyChain(owner.workspaceId)).toEqual({ isWhole: true, end });
});

test("entries are numbered from 1 and each carries the hash before it, whatever they say", async () => {
  await happened(owner, ["HubSpot", HOSTILE, "日本語"]);
  await happened({ ...owner, address: null, userAgent: null } as MemberActor, [""]);
  const entries = await entriesOf(owner);
  expect(entries.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(entries.map(({ previousHash }) => previousHash)).toEqual([
    NO_HASH,
    ...entries.slice(0, -1).map(({ hash }) => hash),
  ]);
  for (const entry of entries) {
    expect(entry.hash).toBe(hashOfEntry(entry));
    expect(entry.detailsHash).toBe(hashOfDetails(entry));
  }
  const [, , , last] = entries;
  const end = { number: 4, hash: last?.hash };
  expect(await verifyChain(owner.workspaceId)).toEqual({ isWhole: true, end });
});

test("it goes past one batch, and other workspaces have chains of their own", async () => {
  const other = await givenOwner();
  await happened(other, ["theirs"]);
  await givenEntries(1_203);
  expect(await verifyChain(owner.workspaceId)).toMatchObject({ end: { number: 1_203 } });
  expect(await verifyChain(other.workspaceId)).toMatchObject({ end: { number: 1 } });
});

test("changes at once make one chain, also of two workspaces in either order", async () => {
  const other = await givenOwner();
  const both = [owner, other].map((actor) => ({ actor, event: eventOf("both") }));
  const rounds = Array.from({ length: 12 }, async (_, at) => {
    await transact((tx) => recordForEach(tx, at % 2 ? both : both.toReversed(), now));
    await happened(owner, [`alone ${at}`]);
  });
  await Promise.all(rounds);
  expect(await verifyChain(owner.workspaceId)).toMatchObject({ end: { number: 24 } });
  expect(await verifyChain(other.workspaceId)).toMatchObject({ end: { number: 12 } });
});

test("what is undone leaves no gap", async () => {
  await happened(owner, ["first"]);
  const undone = transact(async (tx) => {
    await recordAudits(tx, owner, [eventOf("undone")], now);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await happened(owner, ["second"]);
  expect(await verifyChain(owner.workspaceId)).toMatchObject({ isWhole: true, end: { number: 2 } });
});

const COLUMNS = {
  actor_name: "'Somebody'",
  actor_id: "'mem_other'",
  action: "'key.revoked'",
  target_type: "'member'",
  target_id: "'key_2'",
  target_name: "'Other'",
  changes: `'{"ratePerMinute": {"to": 61, "from": 600}}'`,
  address: "NULL",
  user_agent: "'curl'",
  at: "at + interval '1 millisecond'",
  salt: "'0'",
  details_hash: "repeat('0', 64)",
  hash: "repeat('0', 64)",
};

test.each(Object.entries(COLUMNS))("a changed %s is found", async (column, value) => {
  const [, , third] = await givenEntries(5);
  await tamper(`UPDATE audit_event SET ${column} = ${value} WHERE id = $1`, [third?.id]);
  expect(await faultFound()).toEqual({ kind: "changed", number: 3, eventId: third?.id });
});

test("an entry that was rewritten with all its hashes breaks the link to the next", async () => {
  const [, , third, fourth] = await givenEntries(5);
  if (!third) throw new Error("no entry");
  const forged = { ...third, targetName: "Other" };
  forged.detailsHash = hashOfDetails(forged);
  forged.hash = hashOfEntry(forged);
  await tamper(
    "UPDATE audit_event SET target_name = $2, details_hash = $3, hash = $4 WHERE id = $1",
    [third.id, forged.targetName, forged.detailsHash, forged.hash],
  );
  expect(await faultFound()).toEqual({ kind: "unlinked", number: 4, eventId: fourth?.id });
});

test("deleted entries are found: in the middle, at the beginning and at the end", async () => {
  await givenEntries(5);
  const deleteFrom = "DELETE FROM audit_event WHERE workspace_id = $1 AND number";
  await tamper(`${deleteFrom} = 5`, [owner.workspaceId]);
  expect(await faultFound()).toMatchObject({ kind: "missing", number: 5, to: 5 });
  await tamper(`${deleteFrom} = 3`, [owner.workspaceId]);
  expect(await faultFound()).toMatchObject({ kind: "missing", number: 3, to: 3 });
  await tamper(`${deleteFrom} <= 2`, [owner.workspaceId]);
  expect(await faultFound()).toMatchObject({ kind: "missing", number: 1, to: 3 });
  await tamper(`${deleteFrom} > 0`, [owner.workspaceId]);
  expect(await faultFound()).toMatchObject({ kind: "missing", number: 1, to: 5 });
});

test("a cut end is found also where its record was changed, and where that is gone", async () => {
  const [, , , fourth, fifth] = await givenEntries(5);
  await tamper("DELETE FROM audit_event WHERE id = $1", [fifth?.id]);
  const { workspaceId } = owner;
  await tamper("UPDATE audit_chain SET number = 4 WHERE workspace_id = $1", [workspaceId]);
  expect(await faultFound()).toEqual({ kind: "end", number: 4, eventId: fourth?.id });
  await tamper("DELETE FROM audit_chain WHERE workspace_id = $1", [workspaceId]);
  expect(await faultFound()).toMatchObject({ kind: "end", number: 4 });
});

test.each([
  ["without a number", 0],
  ["with the number of another", 3],
  ["behind the end", 9],
])("an entry that was put in %s is found", async (_, number) => {
  await givenEntries(5);
  await tamper(
    `INSERT INTO audit_event (id, workspace_id, at, actor_name, action, target_type, target_id,
       target_name, changes, number, salt, details_hash, previous_hash, hash)
     SELECT 'zzz_' || id, workspace_id, at, actor_name, action, target_type, target_id,
       'False', changes, $2, salt, details_hash, previous_hash, hash
     FROM audit_event WHERE workspace_id = $1 AND number = 3`,
    [owner.workspaceId, number],
  );
  expect(await faultFound()).toMatchObject({ kind: "foreign", number });
  const fault = await faultFound();
  expect(fault && faultInWords(fault)).toContain("Entry zzz_aev_");
});

test("two entries that changed places are found", async () => {
  const [, second] = await givenEntries(5);
  await tamper(
    "UPDATE audit_event SET number = 6 - number WHERE workspace_id = $1 AND number IN (2, 4)",
    [owner.workspaceId],
  );
  const fault = await faultFound();
  expect(fault).toMatchObject({ number: 2 });
  expect(fault?.eventId).not.toBe(second?.id);
});

test("a deleted contact leaves the log whole, and nothing from which to guess the email", async () => {
  await givenEntries(2);
  await redacted(owner);
  expect(await faultFound()).toBeNull();
  const entries = await entriesOf(owner);
  expect(entries.map(({ action }) => action)).toEqual([
    "key.edited",
    "key.edited",
    "suppression.added",
    "audit.redacted",
    "contact.deleted",
  ]);
  const [, , rewritten] = entries;
  if (!rewritten) throw new Error("no entry");
  expect(JSON.stringify(rewritten.changes)).toContain("deleted@contact.invalid asked by phone");
  expect(hashOfDetails(rewritten)).not.toBe(rewritten.detailsHash);
  const guess = JSON.stringify(rewritten.changes).replace(
    "deleted@contact.invalid",
    "person-0@example.com",
  );
  const guessed = { ...rewritten, changes: JSON.parse(guess) };
  expect(hashOfDetails(guessed)).not.toBe(rewritten.detailsHash);
});

test("what was redacted can be changed no further, and nobody redacts past the record", async () => {
  await redacted(owner);
  const [first] = await entriesOf(owner);
  const change = "UPDATE audit_event SET target_name = 'Other' WHERE id = $1";
  await tamper(change, [first?.id]);
  expect(await faultFound()).toMatchObject({ kind: "changed", eventId: first?.id });
});

test("a redaction that others have overtaken changes nothing; another one is recorded too", async () => {
  const [first] = await givenEntries(2);
  if (!first) throw new Error("no entry");
  const left = { id: first.id, salt: first.salt, name: "Key", changes: {} };
  const redact = () => transact((tx) => redactAudits(tx, owner.workspaceId, [left], now));
  expect(await redact()).toBe(1);
  expect(await redact()).toBe(0);
  const { salt } = await db().auditEvent.findUniqueOrThrow({ where: { id: first.id } });
  left.salt = salt;
  left.name = "K";
  expect(await redact()).toBe(1);
  expect(await faultFound()).toBeNull();
  expect(await entriesOf(owner)).toHaveLength(4);
});
