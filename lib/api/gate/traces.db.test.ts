import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { deliverDue } from "@/lib/access/webhooks/delivery/deliver";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { connectMailServer } from "@/lib/mail/emails/mail-server";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later, now, SECOND_MS } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { env } from "@/lib/platform/env";
import { startTracing, stopTracing } from "@/lib/platform/tracing/start-tracing";
import { tracing } from "@/lib/platform/tracing/tracing";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";
import { startMailServer } from "@/lib/testing/mail-server";
import { startTraceCollector, type TraceCollector } from "@/lib/testing/trace-collector";
import { givenWebhook, startReceiver } from "@/lib/testing/webhooks";

const SERVER = 2;
const ERROR = 2;

let owner: MemberActor;
let key: { keyId: string; secret: string };
let collector: TraceCollector;

beforeAll(async () => {
  owner = await givenOwner();
  key = await givenWorkingKey(owner, {
    scopes: ["contacts:read", "contacts:write", "emails:send"],
  });
});

beforeEach(async () => {
  collector = await startTraceCollector();
  await traceTo(collector.url);
});

afterEach(async () => {
  await stopTracing();
  vi.unstubAllEnvs();
  await collector.close();
});

afterAll(() => {
  env().WEBHOOK_ALLOWED_HOSTS = [];
});

async function traceTo(url: string): Promise<string[]> {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", url);
  const said: string[] = [];
  await startTracing({ ...env(), OTEL_EXPORTER_OTLP_ENDPOINT: url }, (line) => said.push(line));
  return said;
}

/** Every span that was made so far. Tracing has ended then. */
async function spans() {
  await stopTracing();
  return collector.spans();
}

test("a call is a span of its caller's trace, and its statements are parts of it", async () => {
  const traceId = randomUUID().replaceAll("-", "");
  const parentSpanId = "00f067aa0ba902b7";
  const response = await call("/contacts?limit=7", {
    secret: key.secret,
    headers: { traceparent: `00-${traceId}-${parentSpanId}-01` },
  });
  expect(response.status).toBe(200);
  const made = await spans();
  const [root] = made.filter(({ kind }) => kind === SERVER);
  expect(root).toMatchObject({ name: "GET /contacts", traceId, parentSpanId });
  expect(root?.attributes).toEqual({
    "http.request.method": "GET",
    "http.route": "/contacts",
    "http.response.status_code": 200,
    "postern.request_id": response.headers.get("x-request-id"),
    "postern.workspace_id": owner.workspaceId,
    "postern.key_id": key.keyId,
  });
  const statements = made.filter(({ parentSpanId: parent }) => parent === root?.spanId);
  expect(statements.length).toBeGreaterThan(0);
  for (const { name, traceId: ofTrace, attributes } of statements) {
    expect(ofTrace).toBe(traceId);
    expect(attributes).toMatchObject({ "db.system.name": "postgresql", "db.operation.name": name });
  }
  expect(
    statements.some(({ attributes }) => /contact/.test(`${attributes["db.query.text"]}`)),
  ).toBe(true);
  expect(collector.resource()).toMatchObject({ "service.name": "postern" });
});

test("the caller's wish not to be sampled counts", async () => {
  const headers = { traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-00` };
  await call("/contacts", { secret: key.secret, headers });
  await call("/me", { secret: key.secret, headers: { traceparent: "nonsense" } });
  const made = await spans();
  expect(made.filter(({ kind }) => kind === SERVER).map(({ name }) => name)).toEqual(["GET /me"]);
  expect(made.every(({ traceId }) => traceId !== "a".repeat(32))).toBe(true);
});

test("nothing that a caller sent is in a span: no secret, body, path, query or email", async () => {
  const hidden = ["ada.hidden@example.com", "Hidden Name", "hidden-value", "hidden-query"];
  const put = await call("/contacts/ada.hidden@example.com", {
    method: "PUT",
    secret: key.secret,
    body: { first_name: "Hidden Name", properties: { plan: "hidden-value" } },
    headers: { tracestate: "vendor=kept" },
  });
  expect(put.status).toBeLessThan(300);
  await call("/contacts/ada.hidden@example.com", { secret: key.secret });
  await call("/contacts?email=hidden-query", { secret: key.secret });
  await call(`/hidden-query?api_key=${key.secret}`, { secret: key.secret });
  await call("/me", { secret: `${key.secret}x` });
  expect((await spans()).filter(({ kind }) => kind === SERVER)).toHaveLength(5);
  const text = collector.bodies.join("\n");
  for (const part of [...hidden, key.secret, "HubSpot-Sync", "203.0.113.7"]) {
    expect(text).not.toContain(part);
  }
});

test("a call that fails on our side is a span that failed, by its code", async () => {
  const { secret } = await givenWorkingKey(owner);
  const query = vi.spyOn(pool(), "query").mockRejectedValue(new Error("quotes ada@example.com"));
  const made = vi.spyOn(pool(), "connect").mockRejectedValue(new Error("quotes ada@example.com"));
  const { status } = await call("/contacts", { secret });
  query.mockRestore();
  made.mockRestore();
  expect(status).toBeGreaterThanOrEqual(500);
  const [span] = (await spans()).filter(({ kind }) => kind === SERVER);
  expect(span?.status.code).toBe(ERROR);
  expect(span?.attributes["error.type"]).toMatch(/internal_error|service_unavailable/);
  expect(collector.bodies.join()).not.toContain("quotes");
});

test("deliveries to webhooks and the mail server are spans, and tell neither URLs nor recipients", async () => {
  const receiver = await startReceiver();
  const mail = await startMailServer();
  env().WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"];
  const { id } = await givenWebhook(owner, { url: `${receiver.url}/hidden-path` });
  await pool().query(
    `INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
     VALUES ('evt_traced', $1, 'contact.unsubscribed', 'con_1', '{"email":"hidden@example.com"}', now(), now())`,
    [id],
  );
  await deliverDue(() => later(now(), SECOND_MS));
  const sent = await call("/emails", {
    method: "POST",
    secret: key.secret,
    body: { from: "shop@example.com", to: "hidden@example.com", subject: "Hidden", text: "Hidden" },
  });
  const server = connectMailServer(mail.url);
  const { id: emailId } = await jsonOf(sent);
  await deliverEmail(`${emailId}`, now, server);
  server.close();
  const made = await spans();
  const delivery = made.find(({ name }) => name === "deliver to webhook");
  const round = made.find(({ name }) => name === "webhook round");
  expect(delivery?.parentSpanId).toBe(round?.spanId);
  expect(delivery?.attributes).toMatchObject({
    "postern.webhook_id": id,
    "postern.workspace_id": owner.workspaceId,
    "server.address": "127.0.0.1",
    "http.response.status_code": 204,
  });
  const handOver = made.find(({ name }) => name === "hand over email");
  expect(handOver?.attributes).toMatchObject({
    "postern.email_id": emailId,
    "postern.outcome": "accepted",
  });
  expect(collector.bodies.join()).not.toMatch(/hidden/i);
  await receiver.close();
  await mail.close();
});

test("a collector that never answers holds nothing up, and ending waits two seconds for it at most", async () => {
  await stopTracing();
  const hole = createServer(() => {});
  await new Promise<void>((resolve) => hole.listen(0, "127.0.0.1", resolve));
  const { port } = hole.address() as { port: number };
  const said = await traceTo(`http://user:password@127.0.0.1:${port}`);
  expect(said).toEqual([`Traces go to 127.0.0.1:${port}`]);
  expect((await call("/me", { secret: key.secret })).status).toBe(200);
  const beganMs = performance.now();
  await stopTracing();
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  hole.close();
});

test("without a collector nothing is traced", async () => {
  await stopTracing();
  await startTracing({ ...env() }, () => {
    throw new Error("It said something.");
  });
  expect(tracing()).toBeNull();
});
