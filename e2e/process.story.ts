import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { type Postern, startPostern } from "./postern";
import { expect, generateKey, signIn, signUp, test } from "./story";

const CONCURRENT_CALLERS = 8;

test("kill -9 under load loses no answered call, and a restart stores each once", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const dataDir = await mkdtemp(path.join(tmpdir(), "postern-killed-"));
  const killed = await startPostern({ dataDir });
  const before = await browser.newPage({ baseURL: killed.origin });
  const person = await signUp(before);
  const secret = await generateKey(before, { name: "Killed in the act" });
  const answered = await callUntilKilled(killed, secret);
  expect(answered.length).toBeGreaterThan(50);

  const restarted = await startPostern({ dataDir });
  const after = await browser.newPage({ baseURL: restarted.origin });
  await signIn(after, person);
  const stored = await exportedRequestIds(after);
  expect(answered.filter((id) => !stored.includes(id))).toEqual([]);
  expect(new Set(stored).size).toBe(stored.length);
  expect(await restarted.stop()).toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

test("one process per data directory: the second says so and leaves it alone", async ({
  postern,
}) => {
  await expect(startPostern({ dataDir: postern.dataDir })).rejects.toThrow(
    /Another Postern is running on the data directory/,
  );
});

test("every wrong setting is named at once", async () => {
  const env = { PORT: "eighty", DATABASE_URL: "mysql://x", TRUSTED_PROXIES: "home" };
  await expect(startPostern({ env })).rejects.toThrow(/PORT.*DATABASE_URL.*TRUSTED_PROXIES/s);
});

test("SIGTERM ends the process within 15 s, even with an upload that never finishes", async () => {
  const own = await startPostern();
  const stuck = await openSocket(own);
  stuck.write(
    "POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
  );
  const pageUpload = await openSocket(own);
  pageUpload.write("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{");
  expect((await fetch(`${own.origin}/login`)).status).toBe(200);
  const startedAt = Date.now();
  expect(await own.stop()).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
  stuck.destroy();
  pageUpload.destroy();
});

test("slow headers and slow bodies are cut off within 30 s, and others are served meanwhile", async ({
  postern,
}) => {
  const slow = await Promise.all(Array.from({ length: 40 }, () => openSocket(postern)));
  const startedAt = Date.now();
  for (const [at, socket] of slow.entries()) {
    socket.write(
      at % 2
        ? "GET /login HTTP/1.1\r\nHost: x\r\n"
        : "POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{",
    );
  }
  const drip = setInterval(() => {
    for (const socket of slow) if (socket.writable) socket.write("a");
  }, 1_000);
  const probe = await callApi(postern.origin, "pstn_live_nonsense", "/me");
  expect(probe.status).toBe(401);
  await Promise.all(slow.map(closed));
  clearInterval(drip);
  expect(Date.now() - startedAt).toBeLessThan(31_000);
});

test("an oversized body is refused, chunked or not, and the process does not keep it", async ({
  postern,
}) => {
  for (const url of ["/api/v1/contacts", "/login"]) {
    const response = await fetch(postern.origin + url, {
      method: "POST",
      body: "x".repeat(3_000_000),
      headers: { "content-type": "application/json" },
    }).catch(() => null);
    expect([401, 413, undefined]).toContain(response?.status);
  }
});

/** Calls from several connections until the process is killed; the request ids that were answered. */
async function callUntilKilled(killed: Postern, secret: string): Promise<string[]> {
  const answered: string[] = [];
  let dead = false;
  const callers = Array.from({ length: CONCURRENT_CALLERS }, async () => {
    while (!dead) {
      const response = await fetch(`${killed.origin}/api/v1/me`, {
        headers: { authorization: `Bearer ${secret}` },
      }).catch(() => null);
      const id = response?.headers.get("x-request-id");
      if (response && id && (await response.text().catch(() => ""))) answered.push(id);
    }
  });
  await expect.poll(() => answered.length).toBeGreaterThan(200);
  await killed.kill();
  dead = true;
  await Promise.all(callers);
  return answered;
}

async function exportedRequestIds(page: Page): Promise<string[]> {
  const response = await page.request.get("/settings/activity/export?format=ndjson");
  expect(response.status()).toBe(200);
  const lines = (await response.text()).trim().split("\n");
  return lines.map((line) => JSON.parse(line).request_id);
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
}

async function openSocket({ origin }: Postern): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}
