import { expect, test } from "vitest";
import { checkAuditLog, endOfLog } from "@/lib/access/audit-log/check-log";
import type { MemberActor } from "@/lib/people/auth/actor";
import { entriesOf, happened, tamper } from "@/lib/testing/audit-chain";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

async function givenLog(): Promise<MemberActor> {
  const owner = await givenOwner();
  await happened(owner, ["HubSpot", "Shop", "Dashboard"]);
  return owner;
}

async function lastOf(owner: MemberActor): Promise<{ number: number; hash: string }> {
  const last = (await entriesOf(owner)).at(-1);
  return { number: last?.number ?? 0, hash: last?.hash ?? "" };
}

test("owners and admins check it; to others it does not exist", async () => {
  const owner = await givenLog();
  for (const role of ["admin", "marketer", "viewer"] as const) {
    const actor = await givenColleague(owner, role);
    const allowed = role === "admin";
    expect((await checkAuditLog(actor)).ok).toBe(allowed);
    expect((await endOfLog(actor)).ok).toBe(allowed);
  }
});

test("a whole log says where it ends", async () => {
  const owner = await givenLog();
  const end = await lastOf(owner);
  expect(mustWork(await endOfLog(owner))).toEqual(end);
  expect(mustWork(await checkAuditLog(owner))).toEqual({ isWhole: true, end });
});

test("a broken one names the first broken entry, and the next check looks anew", async () => {
  const owner = await givenLog();
  const [, second] = await entriesOf(owner);
  await tamper("UPDATE audit_event SET actor_name = 'Nobody' WHERE id = $1", [second?.id]);
  expect(mustWork(await checkAuditLog(owner))).toEqual({
    isWhole: false,
    fault: "Entry #2 was changed after it was written.",
    eventId: second?.id,
  });
  await tamper("UPDATE audit_event SET actor_name = $2 WHERE id = $1", [second?.id, owner.name]);
  expect(mustWork(await checkAuditLog(owner))).toMatchObject({ isWhole: true });
});

test("many who ask at once wait for one check", async () => {
  const owner = await givenLog();
  const checks = Array.from({ length: 20 }, async () => mustWork(await checkAuditLog(owner)));
  const [first, ...others] = await Promise.all(checks);
  for (const other of others) expect(other).toBe(first);
});
