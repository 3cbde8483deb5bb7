import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  type MinuteCounter,
  minuteCounter,
  WINDOW_SECONDS,
} from "@/lib/platform/counting/window-counter";
import { ANSWER_MS, clientFor, RedisLink } from "@/lib/platform/redis/redis-link";
import {
  countInAnotherProcess,
  isRedisHere,
  type RedisServer,
  startRedis,
} from "@/lib/testing/redis-server";

const noRedis = !isRedisHere();
/** Far more than a timer and a busy machine add to it, and far less than anybody would wait. */
const SOON_MS = ANSWER_MS + 400;

async function given(
  options: Parameters<typeof startRedis>[0] = {},
): Promise<{ server: RedisServer; link: RedisLink }> {
  const server = await startRedis(options);
  const address = options.cluster ? `${server.url}?cluster=true` : server.url;
  const link = new RedisLink(await clientFor([address]));
  onTestFinished(async () => {
    link.close();
    server.resume();
    await server.kill().catch(() => {});
  });
  expect(await link.answers()).toBe(true);
  return { server, link };
}

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const beganMs = performance.now();
  return { value: await work, ms: performance.now() - beganMs };
}

test("without Redis a counter counts by itself", async () => {
  const [one, other] = [minuteCounter("calls", null), minuteCounter("calls", null)];
  await one.count("key_1", 3);
  expect((await one.count("key_1")).consumedPoints).toBe(4);
  expect((await one.takeBack("key_1", 2)).consumedPoints).toBe(2);
  expect((await other.count("key_1")).consumedPoints).toBe(1);
});

test.skipIf(noRedis)("two processes share one count, and none is lost between them", async () => {
  const { server } = await given();
  const counts = await Promise.all([
    countInAnotherProcess(server, 40),
    countInAnotherProcess(server, 40),
  ]);
  expect(counts.flat().sort((a, b) => a - b)).toEqual(
    Array.from({ length: 80 }, (_, at) => at + 1),
  );
});

test.skipIf(noRedis)(
  "a window lasts a minute from its first count, and what is taken back is free",
  async () => {
    const { link } = await given();
    const counter = minuteCounter("recipients", link);
    const { consumedPoints, msBeforeNext } = await counter.count("key_1", 7);
    expect(consumedPoints).toBe(7);
    expect(msBeforeNext).toBeGreaterThan((WINDOW_SECONDS - 5) * 1_000);
    expect(msBeforeNext).toBeLessThanOrEqual(WINDOW_SECONDS * 1_000);
    expect((await counter.takeBack("key_1", 3)).consumedPoints).toBe(4);
    expect((await minuteCounter("calls", link).count("key_1")).consumedPoints).toBe(1);
  },
);

test.skipIf(noRedis)("a cluster counts too", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "postern-redis-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { link } = await given({ cluster: true, folder });
  const [one, other] = [minuteCounter("calls", link), minuteCounter("calls", link)];
  const keys = Array.from({ length: 50 }, (_, at) => `key_${at}`);
  await Promise.all(keys.map((key) => one.count(key)));
  const counts = await Promise.all(keys.map((key) => other.count(key)));
  expect(counts.map(({ consumedPoints }) => consumedPoints)).toEqual(keys.map(() => 2));
});

test.skipIf(noRedis)(
  "where Redis is killed, each process counts by itself, and nobody waits",
  async () => {
    const { server, link } = await given();
    const counter = minuteCounter("calls", link);
    await counter.count("key_1", 5);
    await server.kill();
    const first = await timed(counter.count("key_1"));
    expect(first.value.consumedPoints).toBe(1);
    expect(first.ms).toBeLessThan(SOON_MS);
    const second = await timed(counter.count("key_1"));
    expect(second.value.consumedPoints).toBe(2);
    expect(second.ms).toBeLessThan(ANSWER_MS);
    const next = await startRedis({ port: server.port });
    onTestFinished(() => next.kill());
    await untilShared(link, counter);
  },
);

test.skipIf(noRedis)(
  "a Redis that hangs holds up the calls of one moment, and no later one",
  async () => {
    const { server, link } = await given();
    const counter = minuteCounter("calls", link);
    await counter.count("key_1");
    server.pause();
    const held = await timed(Promise.all([counter.count("key_1"), counter.count("key_2")]));
    expect(held.ms).toBeLessThan(SOON_MS);
    const later = await timed(counter.count("key_1"));
    expect(later.ms).toBeLessThan(ANSWER_MS);
    server.resume();
    await untilShared(link, counter);
  },
);

/** Resolves once counts reach Redis. */
async function untilShared({ client }: RedisLink, counter: MinuteCounter): Promise<void> {
  const isStored = async () => {
    await counter.count("later");
    return (await client.keys("*:calls:later").catch(() => [])).length;
  };
  await expect.poll(isStored, { timeout: 10_000 }).toBe(1);
}
