import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { later, now } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";

// Recorded calls stay in the spool's files, so that every query is made by a call.
beforeAll(() => processSpool().mover.stop());

// The clock stands still, so that a slow machine forgets no remembered key in between.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** How many queries each call makes, counted by the connections it takes. */
async function queriesOf(secret: string, status: number, calls: number): Promise<number[]> {
  let queries = 0;
  const count = () => {
    queries += 1;
  };
  pool().on("acquire", count);
  const counted: number[] = [];
  for (let made = 0; made < calls; made += 1) {
    queries = 0;
    expect((await call("/me", { secret })).status).toBe(status);
    counted.push(queries);
  }
  pool().off("acquire", count);
  return counted;
}

function aSecondPasses(): void {
  vi.setSystemTime(later(now(), 1_000));
}

test("a key in use costs one query a second, however often it calls", async () => {
  const { secret } = await givenWorkingKey(await givenOwner());
  expect(await queriesOf(secret, 200, 5)).toEqual([1, 0, 0, 0, 0]);
  aSecondPasses();
  expect(await queriesOf(secret, 200, 3)).toEqual([1, 0, 0]);
});

test("so does a well-formed secret that belongs to no key", async () => {
  const secret = generateSecret("live");
  expect(await queriesOf(secret, 401, 3)).toEqual([1, 0, 0]);
  aSecondPasses();
  expect(await queriesOf(secret, 401, 2)).toEqual([1, 0]);
});

test("what cannot be a secret is never asked about", async () => {
  const typo = `${generateSecret("live").slice(0, -1)}!`;
  expect(await queriesOf(typo, 401, 2)).toEqual([0, 0]);
});
