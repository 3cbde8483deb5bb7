import { expect, test } from "vitest";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";

const AT = new Date("2026-11-24T12:00:00.000Z");

test("every raise is later than the one before, and never earlier than now", async () => {
  const { workspaceId } = await givenOwner();
  const raise = (at: Date) =>
    db().$transaction((tx) => raiseContactClock(tx, workspaceId, "live", at));
  expect(await raise(AT)).toEqual(AT);
  expect(await raise(AT)).toEqual(later(AT, 1));
  expect(await raise(later(AT, -60_000))).toEqual(later(AT, 2));
  expect(await raise(later(AT, 60_000))).toEqual(later(AT, 60_000));
  const other = await db().$transaction((tx) => raiseContactClock(tx, workspaceId, "test", AT));
  expect(other).toEqual(AT);
});

test("who reads on from the last change it saw misses and repeats none while others write", async () => {
  const owner = await givenOwner();
  const writers = Array.from({ length: 6 }, () => write(owner, 25));
  const seen: string[] = [];
  let writing = true;
  const done = Promise.all(writers).finally(() => {
    writing = false;
  });
  let reached = { at: new Date(0), id: "" };
  for (let rest = 1; writing || rest > 0; ) {
    const stillWriting = writing;
    const rows = await changesAfter(owner, reached);
    seen.push(...rows.map(({ id }) => id));
    const last = rows.at(-1);
    if (last) reached = { at: last.updatedAt, id: last.id };
    rest = stillWriting ? 1 : rows.length;
  }
  const written = (await done).flat();
  expect(seen).toHaveLength(written.length);
  expect([...seen].sort()).toEqual([...written].sort());
});

/** Writes pairs of contacts, one transaction a pair, and lingers in each before it ends. */
async function write({ workspaceId }: MemberActor, transactions: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < transactions; at += 1) {
    const pair = [newId("con", now()), newId("con", now())];
    await db().$transaction(
      async (tx) => {
        const updatedAt = await raiseContactClock(tx, workspaceId, "live", now());
        const values = {
          workspaceId,
          environment: "live" as const,
          createdAt: updatedAt,
          updatedAt,
        };
        await tx.contact.createMany({
          data: pair.map((id) => ({ id, ...values, email: `${id}@example.com` })),
        });
        await tx.$queryRaw`SELECT pg_sleep(0.003)::text`;
      },
      { maxWait: 20_000 },
    );
    ids.push(...pair);
  }
  return ids;
}

async function changesAfter({ workspaceId }: MemberActor, { at, id }: { at: Date; id: string }) {
  return await db().contact.findMany({
    where: {
      workspaceId,
      environment: "live",
      OR: [{ updatedAt: { gt: at } }, { updatedAt: at, id: { gt: id } }],
    },
    orderBy: [{ updatedAt: "asc" }, { id: "asc" }],
    select: { id: true, updatedAt: true },
    take: 7,
  });
}
