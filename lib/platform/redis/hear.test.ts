import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { Hearing } from "@/lib/platform/hearing";
import { processValues } from "@/lib/platform/process-wide";
import { hearByRedis } from "@/lib/platform/redis/hear";
import { clientFor, RedisLink } from "@/lib/platform/redis/redis-link";
import { tellByRedis } from "@/lib/platform/redis/tell";
import { isRedisHere, type RedisServer, startRedis } from "@/lib/testing/redis-server";

const noRedis = !isRedisHere();
/** Enough for a busy machine. */
const PATIENT = { timeout: 20_000 };

afterEach(() => processValues().delete("redis"));

/** A Redis server that this process tells by, and the address of it. */
async function givenTeller(options: Parameters<typeof startRedis>[0] = {}) {
  const server = await startRedis(options);
  const url = options.cluster ? `${server.url}?cluster=true` : server.url;
  const link = new RedisLink(await clientFor([url]));
  processValues().set("redis", { link });
  onTestFinished(async () => {
    link.close();
    server.resume();
    await server.kill();
  });
  expect(await link.answers()).toBe(true);
  return { server, url };
}

/** Hears two channels by Redis, and keeps what it is told of the first. */
async function givenHearer(...nodes: string[]) {
  const heard: string[][] = [];
  let gaps = 0;
  const colours: Hearing = {
    channel: "colours",
    hear: (payloads) => heard.push([...payloads]),
    missed: () => {
      gaps += 1;
    },
  };
  const sounds: Hearing = { channel: "sounds", hear: () => {}, missed: () => {} };
  const { stop } = await hearByRedis([colours, sounds], nodes);
  onTestFinished(stop);
  return { heard, gaps: () => gaps };
}

/** Starts a Redis server anew where one was killed. */
async function startAgain({ port }: RedisServer): Promise<void> {
  const next = await startRedis({ port });
  onTestFinished(() => next.kill());
}

test("without Redis nobody is told and nobody hears", async () => {
  const { stop } = await hearByRedis([]);
  tellByRedis("colours", "red");
  stop();
});

test.skipIf(noRedis)("each channel hears its own, together what came together", async () => {
  const { url } = await givenTeller();
  const { heard, gaps } = await givenHearer(url);
  // From now on nothing is missed.
  expect(gaps()).toBe(1);
  tellByRedis("colours", "red");
  tellByRedis("sounds", "loud");
  tellByRedis("colours", "green");
  await vi.waitFor(() => expect(heard.flat()).toEqual(["red", "green"]), PATIENT);
  expect(heard).toHaveLength(1);
});

test.skipIf(noRedis)("a cluster tells too, and where one node is gone the next does", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "postern-redis-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { url } = await givenTeller({ cluster: true, folder });
  const { heard } = await givenHearer("redis://127.0.0.1:1", url);
  await vi.waitFor(() => {
    tellByRedis("colours", "red");
    expect(heard.flat()).toContain("red");
  }, PATIENT);
});

test.skipIf(noRedis)(
  "a killed Redis is a gap at once, and another one once it is back",
  async () => {
    const { server, url } = await givenTeller();
    const { heard, gaps } = await givenHearer(url);
    await server.kill();
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(1), PATIENT);
    const gapsAway = gaps();
    await startAgain(server);
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(gapsAway), PATIENT);
    await vi.waitFor(() => {
      tellByRedis("colours", "red");
      expect(heard.flat()).toContain("red");
    }, PATIENT);
  },
);

test.skipIf(noRedis)("a Redis that hangs is noticed, and heard again once it goes on", async () => {
  const { server, url } = await givenTeller();
  const { heard, gaps } = await givenHearer(url);
  server.pause();
  await vi.waitFor(() => expect(gaps()).toBeGreaterThan(1), PATIENT);
  server.resume();
  await vi.waitFor(() => {
    tellByRedis("colours", "red");
    expect(heard.flat()).toContain("red");
  }, PATIENT);
});
