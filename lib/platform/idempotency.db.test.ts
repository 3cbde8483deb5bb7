import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { later, now } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import {
  atomically,
  db,
  reader,
  type Transaction,
  transact,
} from "@/lib/platform/database/unit-of-work";
import {
  ClaimLostError,
  claimRequest,
  forgetOldAnswers,
  releaseClaim,
  storeAnswer,
} from "@/lib/platform/idempotency";

const SOON_MS = 10_000;
const LATER_MS = 100_000;
const NEXT_DAY_MS = 86_400_001;
const answer = { status: 200, body: '{"id":"x"}', location: null };

function aRequest() {
  return { keyId: "key_x", idempotencyKey: randomUUID(), requestHash: "a" };
}

async function claimed(request: ReturnType<typeof aRequest>, at: Date) {
  const claim = await claimRequest(request, at);
  if (claim.outcome !== "claimed") throw new Error(claim.outcome);
  return claim;
}

describe("a claim", () => {
  test("is given to one of ten callers at once", async () => {
    const request = aRequest();
    const at = now();
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimRequest(request, at)));
    const outcomes = claims.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(["claimed", ...Array.from({ length: 9 }, () => "running")]);
  });

  test("is answered with what was stored, for 24 hours and to the same call only", async () => {
    const request = aRequest();
    const at = now();
    await storeAnswer(request, await claimed(request, at), answer);
    expect(await claimRequest(request, later(at, SOON_MS))).toEqual({
      outcome: "answered",
      ...answer,
    });
    const other = { ...request, requestHash: "b" };
    expect((await claimRequest(other, at)).outcome).toBe("different");
    expect((await claimRequest({ ...request, keyId: "key_y" }, at)).outcome).toBe("claimed");
    expect((await claimRequest(other, later(at, NEXT_DAY_MS))).outcome).toBe("claimed");
  });

  test("of a process that died is taken over, and its late answer undoes its effect", async () => {
    const request = aRequest();
    const at = now();
    const dead = await claimed(request, at);
    expect((await claimRequest(request, later(at, SOON_MS))).outcome).toBe("running");
    const successor = await claimed(request, later(at, LATER_MS));
    const id = `wsp_${randomUUID()}`;
    const late = atomically(async () => {
      await transact((tx) => tx.workspace.create({ data: { id, name: "Late", createdAt: at } }));
      await storeAnswer(request, dead, answer);
    });
    await expect(late).rejects.toThrow(ClaimLostError);
    expect(await db().workspace.count({ where: { id } })).toBe(0);
    await storeAnswer(request, successor, answer);
  });

  test("that is released can be made again, and old answers are forgotten", async () => {
    const request = aRequest();
    const at = now();
    await releaseClaim(request, await claimed(request, at));
    await storeAnswer(request, await claimed(request, at), answer);
    await forgetOldAnswers(later(at, NEXT_DAY_MS));
    expect(await db().idempotentRequest.count({ where: request })).toBe(0);
  });
});

describe("what runs atomically", () => {
  const at = now();
  const data = (id: string) => ({ id, name: "Atomic", createdAt: at });
  const aWorkspace = () => `wsp_${randomUUID()}`;

  test("happens as a whole or not at all, however many transactions it has", async () => {
    const [one, other] = [aWorkspace(), aWorkspace()];
    const twice = atomically(async () => {
      await transact((tx) => tx.workspace.create({ data: data(one) }));
      expect(await reader().workspace.count({ where: { id: one } })).toBe(1);
      await transact((tx) => tx.workspace.create({ data: data(other) }));
      throw new Error("too late");
    });
    await expect(twice).rejects.toThrow("too late");
    expect(await db().workspace.count({ where: { id: { in: [one, other] } } })).toBe(0);
  });

  test("keeps nobody waiting before it writes, as while a template is rendered", async () => {
    const id = aWorkspace();
    await atomically(async () => {
      await reader().workspace.count({ where: { id } });
      // The embedded database has one connection: were it held here, nobody else would get it.
      await pool().query("SELECT 1");
      await transact((tx) => tx.workspace.create({ data: data(id) }));
    });
    expect(await db().workspace.count({ where: { id } })).toBe(1);
  });

  test("fails where no connection is to be had, and takes nobody along", async () => {
    const create = (tx: Transaction) => tx.workspace.create({ data: data(aWorkspace()) });
    const all = Array.from({ length: pool().options.max ?? 1 }, () => pool().connect());
    const held = await Promise.all(all);
    await expect(atomically(() => transact(create))).rejects.toThrow();
    for (const connection of held) connection.release();
    await atomically(() => transact(create));
  }, 30_000);

  test("writes nothing beside its transaction", async () => {
    const beside = atomically(
      async () => await db().workspace.create({ data: data(aWorkspace()) }),
    );
    await expect(beside).rejects.toThrow("use reader() and transact()");
    const raw = atomically(async () => await db().$executeRaw`SELECT 1`);
    await expect(raw).rejects.toThrow("use reader() and transact()");
    // @ts-expect-error A reader has no writes: what would escape the transaction does not compile.
    expect(reader().workspace.create).toBeDefined();
  });
});
