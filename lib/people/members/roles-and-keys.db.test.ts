import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import { changeRole } from "@/lib/people/members/change-role";
import { now } from "@/lib/platform/clock";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";

async function expectWorking(secret: string): Promise<void> {
  expect((await call("/me", { secret })).status).toBe(200);
  const body = { email: `${randomUUID()}@example.com` };
  expect((await call("/contacts", { method: "POST", secret, body })).status).toBe(201);
}

test.each(["owner", "admin", "marketer"] as const)(
  "the key of a former %s who may only look now goes on working, and reads and writes",
  async (role) => {
    const owner = await givenOwner();
    const demoted = await givenColleague(owner, role);
    const unused = await givenWorkingKey(demoted);
    const inUse = await givenWorkingKey(demoted);
    await call("/me", { secret: inUse.secret });
    const change = { memberId: demoted.memberId, role: "viewer" } as const;
    expect(await changeRole(owner, change, now())).toMatchObject({ ok: true });
    await expectWorking(unused.secret);
    await expectWorking(inUse.secret);
  },
);

test("so does the key of a member who was removed", async () => {
  const owner = await givenOwner();
  const removed = await givenColleague(owner, "marketer");
  const key = await givenWorkingKey(removed);
  const plan = { memberId: removed.memberId, heirId: owner.memberId };
  expect(await removeMember(owner, plan, now())).toMatchObject({ ok: true });
  await expectWorking(key.secret);
});
