import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createEdge } from "@/lib/platform/edge/create-edge";
import { metricsWriter } from "@/lib/platform/operations/metrics-text";
import { operatorPaths, type Told } from "@/lib/platform/operations/operator-paths";
import { serveOperators } from "@/lib/platform/operations/operator-server";
import { type Check, ReadinessChecks } from "@/lib/platform/operations/readiness";

const TOKEN = "a-token-of-the-tests";
let servers: Server[] = [];

afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** An edge with these checks, whose pages and API must not be asked. Returns its origin. */
async function anEdge(
  readiness: ReadinessChecks,
  metrics: Told["metrics"] = null,
): Promise<string> {
  const inside = {
    api: () => {
      throw new Error("The API was asked.");
    },
    pages: (_: unknown, response: { writeHead: (status: number) => { end: () => void } }) =>
      response.writeHead(404).end(),
    operators: operatorPaths({ readiness, metrics }),
  };
  const server = createEdge(inside, { trustedProxies: [], development: false });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const works: Check = async () => {};
const hangs: Check = () => new Promise(() => {});

test("a process lives whatever its database does, and is ready only while every check holds", async () => {
  const origin = await anEdge(new ReadinessChecks({ database: hangs, spool: works }));
  const health = await fetch(`${origin}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, "ok\n"]);
  const beganMs = performance.now();
  const ready = await fetch(`${origin}/readyz?verbose`);
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  expect(ready.status).toBe(503);
  expect(ready.headers.get("cache-control")).toBe("no-store");
  expect(await ready.json()).toEqual({
    status: "not ready",
    checks: { database: "failed", spool: "ok", accepting: "ok" },
  });
});

test("a probe is told that a check failed, and not why", async () => {
  const failing: Check = async () => {
    throw new Error("password authentication failed for user postern at 10.1.2.3");
  };
  const origin = await anEdge(new ReadinessChecks({ database: failing }));
  const text = await (await fetch(`${origin}/readyz`)).text();
  expect(text).toBe('{"status":"not ready","checks":{"database":"failed","accepting":"ok"}}\n');
});

test("a process that ends says so", async () => {
  const readiness = new ReadinessChecks({ database: works });
  const origin = await anEdge(readiness);
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  readiness.drain();
  const ending = await fetch(`${origin}/readyz`);
  expect(ending.status).toBe(503);
  expect(await ending.json()).toMatchObject({ checks: { database: "ok", accepting: "draining" } });
});

test("a flood of probes costs one check", async () => {
  let checked = 0;
  const counting: Check = async () => {
    checked += 1;
  };
  const origin = await anEdge(new ReadinessChecks({ database: counting }));
  const answers = await Promise.all(Array.from({ length: 200 }, () => fetch(`${origin}/readyz`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(checked).toBeLessThanOrEqual(2);
});

test("probes sent without waiting are answered in their order", async () => {
  const origin = await anEdge(new ReadinessChecks({ database: works }));
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.write("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  let text = "";
  for await (const part of socket) {
    text += part;
    if (text.includes("ok\n")) break;
  }
  expect(text.indexOf('"ready"')).toBeLessThan(text.indexOf("ok\n"));
  expect(text.match(/^HTTP\/1\.1 200/gm)).toHaveLength(2);
});

test("these paths are only read, and no longer or shorter one is theirs", async () => {
  const origin = await anEdge(new ReadinessChecks({}));
  const post = await fetch(`${origin}/healthz`, { method: "POST", body: "x" });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  const head = await fetch(`${origin}/healthz`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  for (const path of ["/healthz/", "/health", "/readyz.json", "/metrics"]) {
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  }
});

test("metrics are for who has the token, and for nobody with another", async () => {
  const write = await metricsWriter([
    { name: "postern_one", help: "One.", type: "gauge", read: () => [{ value: 1 }] },
    {
      name: "postern_broken",
      help: "Cannot be read.",
      type: "gauge",
      read: async () => {
        throw new Error("away");
      },
    },
  ]);
  const origin = await anEdge(new ReadinessChecks({}), { write, token: TOKEN });
  const get = (authorization?: string) =>
    fetch(`${origin}/metrics`, authorization ? { headers: { authorization } } : {});
  for (const wrong of [undefined, "Bearer", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
    const refused = await get(wrong);
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(await refused.text()).not.toContain("postern_one");
  }
  const told = await get(`bearer ${TOKEN}`);
  expect(told.status).toBe(200);
  const text = await told.text();
  expect(text).toMatch(/^postern_one 1$/m);
  // One that cannot be read hides no other.
  expect(text).not.toMatch(/^postern_broken /m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test("a port of their own tells the metrics, and has nothing else", async () => {
  const write = await metricsWriter([
    { name: "postern_one", help: "One.", type: "gauge", read: () => [{ value: 1 }] },
  ]);
  const readiness = new ReadinessChecks({ database: works });
  const paths = operatorPaths({ readiness, metrics: { write, token: undefined } });
  const { port, close } = await serveOperators(paths, { port: 0, host: "127.0.0.1" });
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const metrics = await get("/metrics");
  expect(metrics.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(await metrics.text()).toMatch(/^# TYPE postern_one gauge\npostern_one 1$/m);
  expect((await get("/readyz")).status).toBe(200);
  expect((await get("/api/v1/me")).status).toBe(404);
  await close();
  await expect(get("/healthz")).rejects.toThrow();
});
