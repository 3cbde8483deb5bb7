import { createServer, type Server } from "node:net";
import { Pool } from "pg";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { flushActivity, stopActivity } from "@/lib/access/activity/recording/start";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { uuidOfRequestId } from "@/lib/platform/ids";
import { processValues } from "@/lib/platform/process-wide";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";
import { openWay } from "@/lib/testing/spoilable-way";

/** The slots in which `processWide` keeps the pool and the client built on it. */
const slots = processValues();

let key: { keyId: string; secret: string };
let bringBack: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  key = await givenWorkingKey(await givenOwner());
});

afterEach(async () => {
  await bringBack();
});

function putInPlace(port: number): void {
  const [realPool, realPrisma] = [slots.get("pool"), slots.get("prisma")];
  const broken = new Pool({ host: "127.0.0.1", port, connectionTimeoutMillis: 300 });
  slots.set("pool", broken);
  slots.set("prisma", undefined);
  bringBack = async () => {
    slots.set("pool", realPool);
    slots.set("prisma", realPrisma);
    bringBack = async () => undefined;
    await broken.end();
  };
}

async function takeEveryConnection(): Promise<void> {
  const size = pool().options.max ?? 0;
  const taken = await Promise.all(Array.from({ length: size }, () => pool().connect()));
  expect(taken).not.toEqual([]);
  bringBack = async () => {
    for (const client of taken.splice(0)) client.release();
  };
}

/** Returns the id of the call's row of activity. */
async function expectUnavailable(path: string, secret = key.secret): Promise<string> {
  const response = await call(path, { secret });
  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(response.headers.has("www-authenticate")).toBe(false);
  expect(await jsonOf(response)).toMatchObject({ code: "service_unavailable" });
  return uuidOfRequestId(response.headers.get("x-request-id") ?? "") ?? "";
}

test("a dead database is a 503, for the key as for the data, and its return a 200", async () => {
  expect((await call("/me", { secret: key.secret })).status).toBe(200);
  putInPlace(1);
  await expectUnavailable("/contacts");
  forgetKey(key.keyId);
  await expectUnavailable("/me");
  await expectUnavailable("/contacts");
  expect((await call("/me")).status).toBe(401);
  await bringBack();
  expect((await call("/me", { secret: key.secret })).status).toBe(200);
});

test("a database that takes connections and never answers is a 503 in bounded time", async () => {
  const blackHole = await new Promise<Server>((resolve) => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1", () => resolve(server));
  });
  const address = blackHole.address();
  putInPlace(typeof address === "object" && address ? address.port : 1);
  forgetKey(key.keyId);
  const beganMs = performance.now();
  await expectUnavailable("/me");
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  blackHole.close();
});

test("a lost connection makes the gate forget at once, not after a second", async () => {
  expect((await call("/me", { secret: key.secret })).status).toBe(200);
  const real = pool();
  putInPlace(1);
  real.emit("error", new Error("terminating connection due to administrator command"), undefined);
  await expectUnavailable("/me");
});

test("a call that nobody could judge is on record once the database is back, and is no last use", async () => {
  const known = await givenWorkingKey(await givenOwner());
  await call("/me", { secret: known.secret });
  await stopActivity();
  const lastUse = { where: { keyId: known.keyId }, select: { lastUsedAt: true } };
  const before = await db().apiKeySecret.findFirstOrThrow(lastUse);
  forgetKey(known.keyId);
  putInPlace(1);
  const response = await call("/contacts", { secret: known.secret });
  expect(response.status).toBe(503);
  await bringBack();
  await stopActivity();
  const id = uuidOfRequestId(response.headers.get("x-request-id") ?? "") ?? "";
  const record = await db().activity.findUnique({ where: { id } });
  expect(record).toMatchObject({ keyId: known.keyId, status: 503, code: "service_unavailable" });
  expect(await db().apiKeySecret.findFirst(lastUse)).toEqual(before);
});

test("with every connection taken it is a 503 within seconds, for the key as for the data", async () => {
  const known = await givenWorkingKey(await givenOwner());
  forgetKey(key.keyId);
  expect((await call("/me", { secret: known.secret })).status).toBe(200);
  await takeEveryConnection();
  const beganMs = performance.now();
  const ids = await Promise.all([
    expectUnavailable("/me"),
    expectUnavailable("/contacts", known.secret),
  ]);
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  await bringBack();
  // They were given up before the key was found, and are on record all the same.
  expect(await flushActivity()).toBe(true);
  expect(await db().activity.count({ where: { id: { in: ids }, status: 503 } })).toBe(2);
  for (const { secret } of [key, known]) {
    expect((await call("/me", { secret })).status).toBe(200);
    expect((await call("/contacts", { secret })).status).toBe(200);
  }
});

test.skipIf(isEmbeddedDatabase())(
  "a server that stops in the middle of statements is a 503 within 3 s, for calls under way and new ones",
  async () => {
    const way = await openWay(databaseUrl());
    const [realPool, realPrisma] = [slots.get("pool"), slots.get("prisma")];
    slots.set("pool", undefined);
    slots.set("prisma", undefined);
    vi.stubEnv("DATABASE_URL", way.url);
    expect((await call("/contacts", { secret: key.secret })).status).toBe(200);
    way.swallow();
    const beganMs = performance.now();
    await Promise.all([
      expectUnavailable("/contacts"),
      expectUnavailable("/contacts?limit=1"),
      expectUnavailable("/me", generateSecret("live")),
    ]);
    expect(performance.now() - beganMs).toBeLessThan(3_000);
    way.close();
    vi.unstubAllEnvs();
    slots.set("pool", realPool);
    slots.set("prisma", realPrisma);
  },
);
