import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { atomically, isAtomic, reader, transact } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { Prisma } from "@/prisma/generated/client";

test("a unit that ends leaves the others their own", async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const long = atomically(async () => {
    await held;
    return isAtomic();
  });
  expect(await atomically(async () => isAtomic())).toBe(true);
  expect(isAtomic()).toBe(false);
  letGo();
  expect(await long).toBe(true);
  await turn();
  expect(await atomically(async () => isAtomic())).toBe(true);
});

test("what a unit wrote by a thin query is undone with it", async () => {
  const { workspaceId, workspaceName } = await givenOwner();
  const renamed = atomically(async () => {
    await transact(
      async (tx) =>
        await thinQuery(
          tx,
          Prisma.sql`UPDATE workspace SET name = 'Taken' WHERE id = ${workspaceId}`,
        ),
    );
    throw new Error("no");
  });
  await expect(renamed).rejects.toThrow("no");
  const kept = await reader().workspace.findUnique({ where: { id: workspaceId } });
  expect(kept?.name).toBe(workspaceName);
});

test("transactions at once each run their thin queries on their own connection", async () => {
  const seen = await Promise.all(
    [1, 2, 3].map(
      async () =>
        await transact(async (tx) => {
          const own = await tx.$queryRaw<Row[]>`SELECT pg_current_xact_id()::text AS xact`;
          const [first, again] = [await xactOf(tx), await xactOf(tx)];
          return [own[0]?.xact, first, again];
        }),
    ),
  );
  for (const [own, first, again] of seen) expect([first, again]).toEqual([own, own]);
  expect(new Set(seen.map(([own]) => own)).size).toBe(3);
});

test("a thin query runs nowhere but on connections that are shared", async () => {
  await expect(thinQuery(unshared(), Prisma.sql`SELECT 1`)).rejects.toThrow("transact");
});

type Row = { xact: string };

async function xactOf(on: object): Promise<string | undefined> {
  const [row] = await thinQuery<Row>(on, Prisma.sql`SELECT pg_current_xact_id()::text AS xact`);
  return row?.xact;
}

/** A client that nobody shared. */
function unshared(): object {
  return { $queryRaw: async () => [] };
}
