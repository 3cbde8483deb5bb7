import { once } from "node:events";
import { Agent, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OUTSIDE_API } from "@/lib/access/activity/explain";
import { flushActivity } from "@/lib/access/activity/recording/start";
import { api } from "@/lib/api/app";
import { answerOutsideExchange } from "@/lib/api/errors/from-exception";
import { db } from "@/lib/platform/database/unit-of-work";
import { createEdge } from "@/lib/platform/edge/create-edge";
import { uuidOfRequestId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenWorkingKey } from "@/lib/testing/gate";

let server: Server;
let port: number;
let secret: string;
let keyId: string;

beforeAll(async () => {
  ({ secret, keyId } = await givenWorkingKey(await givenOwner()));
  const listener = getRequestListener(api.fetch, {
    overrideGlobalObjects: false,
    errorHandler: answerOutsideExchange,
  });
  server = createEdge(
    { api: listener, pages: (_, response) => response.end("page") },
    { trustedProxies: [], development: false },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function origin(): string {
  return `http://127.0.0.1:${port}/api/v1`;
}

function withKey(headers: Record<string, string> = {}) {
  return { authorization: `Bearer ${secret}`, ...headers };
}

/** Sends a body of `bytes` in chunks, without a length, for as long as the other side takes it. */
async function upload(bytes: number, headers: Record<string, string>): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const request = httpRequest(
      `${origin()}/contacts`,
      { method: "POST", headers: { ...headers, "content-type": "application/json" } },
      (response) => {
        response.resume();
        resolve(response);
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ECONNRESET") reject(error);
    });
    const chunk = Buffer.alloc(65_536, " ");
    let sent = 0;
    Readable.from(
      (function* chunks() {
        for (; sent < bytes; sent += chunk.length) yield chunk;
      })(),
    ).pipe(request);
  });
}

async function raw(text: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    // Nothing follows: the server answers and closes, also a connection that it would keep.
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

test("every method answers over a real connection as it does inside", async () => {
  const email = "http@example.com";
  const contact = `${origin()}/contacts/${email}`;
  const headers = withKey({ "content-type": "application/json" });
  const statuses: number[] = [];
  for (const [method, body] of [
    ["PUT", { first_name: "A" }],
    ["PUT", { first_name: "B" }],
    ["GET", null],
    ["PATCH", { last_name: "C" }],
    ["DELETE", null],
    ["GET", null],
  ] as const) {
    const response = await fetch(contact, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    await response.json();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([201, 200, 200, 200, 200, 404]);
});

test("HEAD has GET's headers and no body; OPTIONS has Allow", async () => {
  const head = await fetch(`${origin()}/me`, { method: "HEAD", headers: withKey() });
  const get = await fetch(`${origin()}/me`, { headers: withKey() });
  const length = Buffer.byteLength(await get.text());
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
    200,
    `${length}`,
    "",
  ]);
  expect(get.headers.get("content-length")).toBe(`${length}`);
  const options = await fetch(`${origin()}/me`, { method: "OPTIONS" });
  expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
});

test("an upload without a length is stopped after a mebibyte, not read to its end", async () => {
  const before = process.memoryUsage().rss;
  const beganMs = performance.now();
  const response = await upload(60 * 1_048_576, withKey());
  expect(response.statusCode).toBe(413);
  expect(performance.now() - beganMs).toBeLessThan(2_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1_048_576);
});

test("an upload from a stranger is refused before it is read", async () => {
  const response = await upload(5 * 1_048_576, {});
  expect(response.statusCode).toBe(401);
});

test("the connection goes on after a refused body", async () => {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const refused = await fetch(`${origin()}/contacts`, {
      method: "POST",
      body: "x".repeat(10_000),
    });
    expect(refused.status).toBe(401);
    await refused.text();
  }
  expect((await fetch(`${origin()}/me`, { headers: withKey() })).status).toBe(200);
});

test("the connection goes on after a body with too many values, also half a second later", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body = "",
  ): Promise<number | undefined> => {
    const request = httpRequest(`${origin()}${path}`, { method, headers, agent });
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    ports.add(request.socket?.localPort);
    await once(response.resume(), "end");
    return response.statusCode;
  };
  const properties = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`p${at}`, 1]));
  const body = JSON.stringify({ email: "a@example.com", properties });
  const headers = withKey({ "content-type": "application/json" });
  expect(await call("POST", "/contacts", headers, body)).toBe(413);
  for (const until = performance.now() + 700; performance.now() < until; ) {
    // Without a key, since a key has only so many calls a minute.
    expect(await call("GET", "/me", {})).toBe(401);
  }
  expect(ports.size).toBe(1);
  agent.destroy();
});

test("a caller's own word on where it comes from counts for nothing", async () => {
  await db().apiKey.update({ where: { id: keyId }, data: { allowedAddresses: ["203.0.113.7"] } });
  const { forgetKey } = await import("@/lib/access/api-keys/verification/key-cache");
  forgetKey(keyId);
  for (const spoof of ["203.0.113.7", "203.0.113.7, 127.0.0.1"]) {
    const headers = withKey({
      "x-forwarded-for": spoof,
      "x-real-ip": spoof,
      "x-postern-edge": "x",
    });
    const response = await fetch(`${origin()}/me`, { headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ client_address: "127.0.0.1" });
  }
  await db().apiKey.update({ where: { id: keyId }, data: { allowedAddresses: [] } });
  forgetKey(keyId);
});

test.each([
  ["POST", "/emails"],
  ["POST", "/v1/emails"],
  ["POST", "/api/emails"],
  ["GET", "/emails"],
  ["GET", "/api/v1x/../emails"],
])("%s %s with a key says where the API lives, and is on record", async (method, path) => {
  const url = `http://127.0.0.1:${port}${path}`;
  const body = method === "POST" ? { body: "{}" } : {};
  const headers = withKey({ "content-type": "application/json" });
  const response = await fetch(url, { method, headers, redirect: "manual", ...body });
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({
    code: "not_found",
    detail: expect.stringContaining("The API lives at /api/v1"),
  });
  await flushActivity();
  const id = uuidOfRequestId(response.headers.get("x-request-id") ?? "") ?? "";
  expect(await db().activity.findUnique({ where: { id } })).toMatchObject({
    keyId,
    method,
    path: new URL(url).pathname,
    route: OUTSIDE_API,
    status: 404,
  });
});

test("a stranger's key or JSON outside of the API is a 404 too", async () => {
  const post = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
  const basic = { authorization: `Basic ${btoa(`${secret}:`)}` };
  for (const init of [post, { headers: { authorization: "Bearer re_1" } }, { headers: basic }]) {
    const response = await fetch(`http://127.0.0.1:${port}/emails`, init);
    expect(response.status).toBe(404);
    expect((await response.json()) as object).toHaveProperty("code", "not_found");
  }
});

test.each([
  [
    "two keys in two headers",
    `GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\n\r\n`,
    401,
  ],
  ["an odd Host", "GET /api/v1/me HTTP/1.1\r\nHost: a b<c>\r\n\r\n", 404],
  ["a backslash in the path", "GET /api/v1/\\me HTTP/1.1\r\nHost: a\r\n\r\n", 404],
  ["an absolute address", "GET http://other/api/v1/me HTTP/1.1\r\nHost: a\r\n\r\n", 401],
  ["an unknown method", "PROPFIND /api/v1/me HTTP/1.1\r\nHost: a\r\n\r\n", 405],
  ["TRACE", "TRACE /api/v1/me HTTP/1.1\r\nHost: a\r\n\r\n", 405],
  ["a broken escape", "GET /api/v1/contacts/%zz%00 HTTP/1.1\r\nHost: a\r\n\r\n", 401],
  ["dots", "GET /api/v1/x/../me HTTP/1.1\r\nHost: a\r\n\r\n", 401],
])("%s is answered, with an id", async (_, text, status) => {
  const answer = await raw(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer.toLowerCase()).toContain("\r\nx-request-id: req_");
});
