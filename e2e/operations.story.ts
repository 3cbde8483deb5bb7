import { once } from "node:events";
import { connect } from "node:net";
import { openWay } from "../lib/testing/spoilable-way";
import { callApi } from "./caller";
import { databaseOrSkip } from "./own-database";
import { type Postern, startPostern } from "./postern";
import { expect, generateKey, signUp, test } from "./story";

const TOKEN = "a-token-that-the-story-has-made-up";
const AUTH_SECRET = "a secret that both have ".repeat(2);

type Ready = { status: number; checks: Record<string, string>; ms: number };

async function readiness(origin: string): Promise<Ready> {
  const beganMs = performance.now();
  const answer = await fetch(`${origin}/readyz`);
  const { checks } = (await answer.json()) as { checks: Record<string, string> };
  return { status: answer.status, checks, ms: performance.now() - beganMs };
}

async function health(origin: string): Promise<number> {
  return (await fetch(`${origin}/healthz`)).status;
}

test("a process without settings says that it lives and is ready, and has no metrics", async ({
  postern,
}) => {
  expect(await health(postern.origin)).toBe(200);
  const { status, checks } = await readiness(postern.origin);
  expect([status, checks]).toEqual([
    200,
    { database: "ok", migrations: "ok", spool: "ok", accepting: "ok" },
  ]);
  expect((await fetch(`${postern.origin}/metrics`)).status).toBe(404);
  const headers = { authorization: "Bearer guess" };
  expect((await fetch(`${postern.origin}/metrics`, { headers })).status).toBe(404);
  expect(postern.output()).not.toContain("Metrics are");
});

test("with a token the metrics are told to who has it, and they count the calls", async ({
  browser,
}) => {
  const own = await startPostern({ env: { METRICS_TOKEN: TOKEN } });
  const page = await browser.newPage({ baseURL: own.origin });
  await signUp(page);
  const secret = await generateKey(page, { name: "Counted" });
  expect((await callApi(own.origin, secret, "/me")).status).toBe(200);
  const get = (authorization: string) =>
    fetch(`${own.origin}/metrics`, { headers: { authorization } });
  expect((await get("Bearer another-token-than-it")).status).toBe(401);
  const told = await get(`Bearer ${TOKEN}`);
  expect(told.status).toBe(200);
  const lines = (await told.text()).split("\n");
  const aLine =
    /^(?:# (?:HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? \S+|)$/;
  expect(lines.filter((line) => !aLine.test(line))).toEqual([]);
  expect(lines).toContain('postern_api_calls_total{outcome="succeeded",code=""} 1');
  expect(lines).toContain('postern_ready{check="database"} 1');
  expect(lines).toContain("postern_queue_due_jobs 0");
  expect(own.output()).toContain("Metrics are at /metrics");
  expect(own.output()).not.toContain(TOKEN);
  expect(await own.stop()).toBe(0);
});

for (const [kind, program] of [
  ["npm start", ["scripts/start.mjs"]],
  ["npm run start:api", ["scripts/start.mjs", "--api"]],
] as const) {
  test(`${kind}: while Postgres is cut off or silent it lives and is not ready, and then it is again`, async () => {
    test.setTimeout(180_000);
    const database = await databaseOrSkip();
    const way = await openWay(database.url);
    const env = { DATABASE_URL: way.url, AUTH_SECRET };
    const own: Postern = await startPostern({ env, program: [...program] });
    expect((await readiness(own.origin)).status).toBe(200);
    for (const fail of [way.cut, way.swallow]) {
      fail();
      await expect
        .poll(async () => (await readiness(own.origin)).status, { timeout: 10_000 })
        .toBe(503);
      const away = await readiness(own.origin);
      expect(away.checks).toMatchObject({ database: "failed", spool: "ok", accepting: "ok" });
      expect(away.ms).toBeLessThan(3_000);
      expect(await health(own.origin)).toBe(200);
      way.mend();
      await expect
        .poll(async () => (await readiness(own.origin)).status, { timeout: 20_000 })
        .toBe(200);
    }
    expect(own.output()).toContain("this process is not ready: a check failed");
    expect(own.output()).toContain("a check that failed works again");
    await own.stop();
    way.close();
    await database.drop();
  });
}

test("a process that ends says so at its port for metrics until it is gone", async () => {
  const own = await startPostern({ env: { METRICS_PORT: "0", HOST: "127.0.0.1" } });
  const at = /^Metrics are at (http:\/\/127\.0\.0\.1:\d+)\/metrics, for everybody/m.exec(
    own.output(),
  );
  const operators = at?.[1] ?? "";
  expect((await fetch(`${operators}/metrics`)).status).toBe(200);
  expect((await fetch(`${own.origin}/metrics`)).status).toBe(404);
  expect((await readiness(operators)).status).toBe(200);
  const { hostname, port } = new URL(own.origin);
  const upload = connect(Number(port), hostname);
  await once(upload, "connect");
  upload.write(
    "POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
  );
  upload.on("error", () => {});
  const stopped = own.stop();
  await expect
    .poll(async () => (await readiness(operators)).checks.accepting, { timeout: 5_000 })
    .toBe("draining");
  expect((await readiness(operators)).status).toBe(503);
  expect(await health(operators)).toBe(200);
  expect(await stopped).toBe(0);
  await expect(fetch(`${operators}/healthz`)).rejects.toThrow();
});

test("where a proxy stands before it, it says that it ends and takes calls until the proxy has noticed", async () => {
  const own = await startPostern({ env: { SHUTDOWN_DELAY_SECONDS: "2" } });
  const toldAt = Date.now();
  const stopped = own.stop();
  await expect.poll(async () => (await readiness(own.origin)).checks.accepting).toBe("draining");
  expect((await readiness(own.origin)).status).toBe(503);
  // Each on a connection of its own: the port is still open.
  let answered = 0;
  while (Date.now() - toldAt < 1_500) {
    const call = await fetch(`${own.origin}/api/v1/me`, { headers: { connection: "close" } });
    expect(call.status).toBe(401);
    answered += 1;
  }
  expect(answered).toBeGreaterThan(0);
  expect(await stopped).toBe(0);
  expect(Date.now() - toldAt).toBeGreaterThanOrEqual(2_000);
});
