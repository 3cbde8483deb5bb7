import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now, SECOND_MS } from "@/lib/platform/clock";
import { LISTENER_NAME } from "@/lib/platform/database/listen";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { processValues } from "@/lib/platform/process-wide";
import { clientFor, RedisLink } from "@/lib/platform/redis/redis-link";
import { type CallsInFlight, keepCallsInFlight } from "@/lib/testing/calls-in-flight";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenWorkingKey } from "@/lib/testing/gate";
import { isRedisHere, startRedis } from "@/lib/testing/redis-server";
import { type ServingProcess, startServingProcess } from "@/lib/testing/serving-process";
import { openWay, type SpoilableWay } from "@/lib/testing/spoilable-way";

const PROCESSES = 3;
const IN_FLIGHT = 10_000;
/** Keys that are in use at the same time and revoked one after the other. */
const KEYS = 10;
/** More than any of the calls needs. */
const RATE_PER_MINUTE = 100_000_000;
/** No process is told of what it remembers for longer than a second. One that is told is much quicker, on any machine. */
const TOLD_MS = SECOND_MS / 2;

// The embedded database has one process.
describe.skipIf(isEmbeddedDatabase())("three processes on one database", () => {
  let owner: MemberActor;
  let way: SpoilableWay;
  let redis: Redis | null;
  let servers: ServingProcess[];
  let calls: CallsInFlight;

  beforeAll(async () => {
    owner = await givenOwner();
    way = await openWay(databaseUrl(), (bytes) => bytes.includes(LISTENER_NAME));
    redis = isRedisHere() ? await openRedis() : null;
    servers = await Promise.all(
      Array.from({ length: PROCESSES }, (_, at) =>
        startServingProcess({
          DATA_DIR: `${env().DATA_DIR}-${at}`,
          // One hears of changes by ways that a test can spoil, and it alone by Redis.
          ...(at === 0 ? { DATABASE_URL: way.url, REDIS_URL: redis?.way.url ?? "" } : {}),
        }),
      ),
    );
    calls = await keepCallsInFlight(
      servers.map(({ base }) => base),
      IN_FLIGHT,
      (await givenKey(owner)).secret,
    );
    // A process that was just started takes many times as long for its first thousands of calls.
    await until(async () => expect((await calls.answered())[200]).toBeGreaterThan(IN_FLIGHT));
  }, 240_000);

  afterAll(async () => {
    await calls?.stop();
    await Promise.all(servers.map(({ stop }) => stop()));
    way.close();
    await redis?.close();
  });

  /**
   * Revokes keys that are in use at every process, one after the other. Returns for each how long after the answer each
   * process still let it in, in ms. `before` is done before each of them.
   */
  async function latenessOfRevokes(count: number, before = async () => {}): Promise<number[][]> {
    const keys = await Promise.all(Array.from({ length: count }, () => givenKey(owner)));
    await calls.watch(keys.map(({ secret }) => secret));
    for (const { secret } of keys) {
      await until(async () => expect((await calls.lastCalls(secret)).letInMs).not.toContain(null));
    }
    const lateness: number[][] = [];
    const revoked: { secret: string; answeredMs: number }[] = [];
    for (const { keyId, secret } of keys) {
      await before();
      const input = { keyId, reason: "compromised", note: "" } as const;
      expect((await revokeKey(owner, input, now())).ok).toBe(true);
      revoked.push({ secret, answeredMs: Date.now() });
    }
    for (const { secret, answeredMs } of revoked) {
      // By then whoever still let it in has shown it.
      const enoughMs = answeredMs + SECOND_MS + 200;
      await until(async () => {
        const last = (await calls.lastCalls(secret)).answeredMs;
        for (const atMs of last) expect(atMs).toBeGreaterThan(enoughMs);
      });
      const { letInMs } = await calls.lastCalls(secret);
      lateness.push(letInMs.map((atMs) => Math.max(0, (atMs ?? 0) - answeredMs)));
    }
    return lateness;
  }

  test("with 10,000 calls in flight, a revoked key is let in nowhere soon after the answer", async () => {
    const lateness = await latenessOfRevokes(KEYS);
    await expectWithinASecond("a revoked key is let in elsewhere", lateness);
  }, 240_000);

  test("the same where the connection that tells of it is cut in every process", async () => {
    const lateness = await latenessOfRevokes(KEYS, async () => {
      redis?.way.cut();
      redis?.way.mend();
      await cutListeners();
    });
    await expectWithinASecond("the same with the connection cut", lateness);
  }, 240_000);

  test.skipIf(!isRedisHere())(
    "where nothing comes from the database, Redis tells of it",
    async () => {
      const lateness = await latenessOfRevokes(KEYS, async () => way.swallow());
      way.mend();
      const told = lateness.map(([first = 0]) => [first]);
      await expectWithinASecond("the same told by Redis alone", told);
      expect(Math.max(...told.flat())).toBeLessThan(TOLD_MS);
    },
    240_000,
  );

  test("the same where those connections end in a black hole, of which nobody knows yet", async () => {
    const lateness = await latenessOfRevokes(1, async () => {
      way.swallow();
      redis?.way.swallow();
    });
    way.mend();
    redis?.way.mend();
    await expectWithinASecond("the same behind a black hole", lateness);
  }, 240_000);

  /** Prints how late the processes were, and expects it of each. */
  async function expectWithinASecond(what: string, latenessMs: number[][]): Promise<void> {
    const sorted = latenessMs.flat().sort((one, other) => one - other);
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
    const answered = JSON.stringify(await calls.answered());
    process.stdout.write(
      `${what} for: median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms (${sorted.length} looks; calls by status: ${answered})\n`,
    );
    expect(at(1)).toBeLessThan(SECOND_MS);
  }
});

/** A Redis that this process tells by, and a way to it that a test can spoil. */
type Redis = { way: SpoilableWay; close: () => Promise<void> };

async function openRedis(): Promise<Redis> {
  const server = await startRedis();
  const link = new RedisLink(await clientFor([server.url]));
  processValues().set("redis", { link });
  const way = await openWay(server.url);
  return {
    way,
    close: async () => {
      processValues().delete("redis");
      link.close();
      way.close();
      await server.kill();
    },
  };
}

async function givenKey(owner: MemberActor): Promise<{ keyId: string; secret: string }> {
  const key = await givenWorkingKey(owner);
  await db().apiKey.update({
    where: { id: key.keyId },
    data: { ratePerMinute: RATE_PER_MINUTE },
  });
  return key;
}

/** Ends the connections on which the processes listen, those that there are: one may be on its way back. */
async function cutListeners(): Promise<void> {
  await until(async () => {
    const { rowCount } = await pool().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()",
      [LISTENER_NAME],
    );
    expect(rowCount).toBeGreaterThan(0);
  });
}

async function until(check: () => Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 120_000, interval: 20 });
}
