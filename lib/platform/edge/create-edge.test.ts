import { type IncomingHttpHeaders, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EDGE_HEADER, edgeToken } from "@/lib/platform/edge/client-address";
import { createEdge } from "@/lib/platform/edge/create-edge";

type Seen = {
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  body: number;
  side: string;
  url: string;
};
type Reply = { status: number; headers: IncomingHttpHeaders; text: string };

/** Made up, with the look of a key. */
const aKey = `pstn_live_${"a1B2".repeat(10).slice(0, 38)}`;

let edge: Server;
let trusting: Server;
/** Requests that came through to what is inside. */
let asked = 0;

beforeAll(async () => {
  edge = await open([]);
  trusting = await open(["127.0.0.0/8", "::1"]);
});

afterAll(() => {
  edge.close();
  trusting.close();
});

test("what a caller claims about its origin is overwritten, in both forms of the headers", async () => {
  const { seen } = await send(edge, "/", {
    headers: {
      "X-Forwarded-For": "203.0.113.7",
      "X-Forwarded-Host": "evil.example",
      "x-forwarded-proto": "https",
      "X-Middleware-Subrequest": "middleware",
      "Content-Security-Policy": "script-src *",
      Forwarded: "for=203.0.113.7",
    },
  });
  expect(seen.headers["x-forwarded-for"]).toMatch(/^(127\.0\.0\.1|::1)$/);
  expect(seen.headers["x-forwarded-host"]).toMatch(/^localhost:/);
  expect(seen.headers["x-forwarded-proto"]).toBe("http");
  expect(JSON.stringify(seen)).not.toMatch(/203\.0\.113\.7|evil|script-src \*|middleware"/);
});

test("a named proxy is believed", async () => {
  const { seen, reply } = await send(trusting, "/", {
    headers: {
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-host": "keys.example",
      "x-forwarded-proto": "https",
    },
  });
  expect(seen.headers).toMatchObject({
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "keys.example",
    "x-forwarded-proto": "https",
  });
  expect(reply.headers["strict-transport-security"]).toContain("max-age=");
});

test("only this process itself, which knows the token, is passed through as it is", async () => {
  const headers = { "x-forwarded-for": "203.0.113.7", "x-forwarded-host": "keys.example" };
  const own = await send(edge, "/", { headers: { ...headers, [EDGE_HEADER]: edgeToken() } });
  expect(own.seen.headers).toMatchObject(headers);
  const guess = await send(edge, "/", { headers: { ...headers, [EDGE_HEADER]: "guess" } });
  expect(guess.seen.headers["x-forwarded-for"]).not.toBe("203.0.113.7");
});

test("pages carry a policy with a fresh nonce, which Next is told too", async () => {
  const first = await send(edge, "/");
  const second = await send(edge, "/");
  const policy = String(first.reply.headers["content-security-policy"]);
  expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]+' 'strict-dynamic';/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(first.seen.headers["content-security-policy"]).toBe(policy);
  expect(second.reply.headers["content-security-policy"]).not.toBe(policy);
  expect(first.reply.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
  });
});

test.each([
  ["another site's origin", { origin: "https://evil.example" }],
  ["a look-alike", { origin: "http://localhost.evil.example" }],
  ["an opaque origin", { origin: "null" }],
  ["no origin, but a browser saying cross-site", { "sec-fetch-site": "cross-site" }],
  ["a sibling's subdomain", { "sec-fetch-site": "same-site" }],
])("a change sent by %s is refused before Next sees it", async (_, headers) => {
  const { reply } = await send(edge, "/settings", { method: "POST", headers, body: "x" });
  expect(reply.status).toBe(403);
});

test("the same change from the page itself, or from a program, goes through", async () => {
  const { port } = edge.address() as AddressInfo;
  const own = { origin: `http://localhost:${port}`, "sec-fetch-site": "same-origin" };
  expect((await send(edge, "/", { method: "POST", headers: own, body: "x" })).reply.status).toBe(
    200,
  );
  expect((await send(edge, "/", { method: "POST", body: "x" })).reply.status).toBe(200);
});

test("a declared body that is too large is refused unread", async () => {
  const { reply } = await send(edge, "/", {
    method: "POST",
    headers: { "content-length": "60000000" },
  });
  expect(reply.status).toBe(413);
});

test("a body that grows too large while streaming is refused", async () => {
  const headers = { "content-type": "text/plain;charset=UTF-8" };
  const { reply } = await send(edge, "/", {
    method: "POST",
    headers,
    body: "x".repeat(1_048_577),
    chunked: true,
  });
  expect(reply.status).toBe(413);
  const fits = await send(edge, "/", {
    method: "POST",
    headers,
    body: "x".repeat(1_048_576),
    chunked: true,
  });
  expect(fits.reply.status).toBe(200);
  expect(fits.seen.body).toBe(1_048_576);
});

test.each([
  ["many values", "text/plain;charset=UTF-8", `[${"0,".repeat(20_000)}0]`],
  ["deep nesting", "text/plain;charset=UTF-8", "[".repeat(1_000)],
  ["a large form", "application/x-www-form-urlencoded", "a&".repeat(10_000)],
  ["a form of many parts", "multipart/form-data; boundary=x", "--x\r\n".repeat(10_000)],
  ["a large body of no kind", "", "x".repeat(20_000)],
])("%s are refused before Next takes them apart", async (_, type, body) => {
  for (const chunked of [true, false]) {
    const headers = { "content-type": type };
    const { reply } = await send(edge, "/login", { method: "POST", headers, body, chunked });
    expect(reply.status).toBe(413);
  }
  // The API has limits of its own.
  const api = await send(edge, "/api/v1/emails", { method: "POST", body });
  expect(api.reply.status).toBe(200);
});

test("only /api/v1 itself and what is below it goes to the API", async () => {
  expect((await send(edge, "/api/v1/me")).seen.side).toBe("api");
  expect((await send(edge, "/api/v1?x=1")).seen.side).toBe("api");
  expect((await send(edge, "/api/v10/me")).seen.side).toBe("pages");
  expect((await send(edge, "/api/auth/session")).seen.side).toBe("pages");
});

test("a request line with a whole address is about its path, whatever host it names", async () => {
  const api = await send(edge, "http://evil.example/api/v1/me?x=1");
  expect(api.seen).toMatchObject({ side: "api", url: "/api/v1/me?x=1" });
  expect((await send(edge, "HTTP://evil.example")).seen).toMatchObject({ side: "pages", url: "/" });
  const twice = await send(edge, "http://a/http://evil.example/api/v1/me");
  expect(twice.seen).toMatchObject({ side: "pages", url: "/http://evil.example/api/v1/me" });
});

test.each<[string, string, Record<string, string>]>([
  ["/emails", "POST", { authorization: "Bearer re_123456" }],
  ["/v1/emails", "POST", { authorization: "bearer pstn_live_x" }],
  ["/api/emails", "GET", { authorization: "Bearer x" }],
  ["/api/v2/me", "GET", { authorization: "Bearer x" }],
  ["/API/V1/me", "GET", { authorization: "Bearer x" }],
  ["/login", "DELETE", { authorization: `Basic ${btoa(`${aKey}:`)}` }],
  ["/emails", "GET", { authorization: `Basic ${btoa(`any:${aKey}`)}` }],
  ["/emails", "GET", { authorization: aKey }],
  ["/emails", "GET", { "x-api-key": "anything" }],
  ["/emails", "POST", { "content-type": "application/json" }],
  ["/contacts/a@example.com", "PATCH", { "content-type": "application/json; charset=utf-8" }],
  ["/emails", "POST", { "content-type": "application/vnd.api+json" }],
])(
  "a call that missed the API is answered by the API: %s, %s %j",
  async (path, method, headers) => {
    const { seen } = await send(edge, path, { method, headers });
    expect(seen).toMatchObject({ side: "api", url: path });
  },
);

test.each<[string, string, Record<string, string>]>([
  ["/emails", "GET", {}],
  ["/emails", "GET", { authorization: `Basic ${btoa("staging:secret")}` }],
  ["/emails", "GET", { "content-type": "application/json" }],
  ["/settings", "POST", { "content-type": "text/plain;charset=UTF-8", "next-action": "40ab" }],
  ["/settings", "POST", { "content-type": "multipart/form-data; boundary=json" }],
  ["/api/auth/session", "POST", { "content-type": "application/json" }],
  ["/t/u/eml_1/signature", "POST", { "content-type": "application/x-www-form-urlencoded" }],
])("what pages are asked for goes to the pages: %s, %s %j", async (path, method, headers) => {
  expect((await send(edge, path, { method, headers })).seen.side).toBe("pages");
});

test.each([
  ["/t/../settings/members", "/settings/members"],
  ["/t/%2e%2E/settings/members?a=/../b", "/settings/members?a=/../b"],
  ["/x/../emails/eml_1/body", "/emails/eml_1/body"],
  ["/x/./.%2e/emails/eml_1/%62%6Fdy", "/emails/eml_1/body"],
  ["/%65mails\\eml_1\\body", "/emails/eml_1/body"],
  ["/a/../../../b", "/b"],
  ["/caf%c3%a9", "/caf%C3%A9"],
  ["/a%2fb/%252e", "/a%2Fb/%252e"],
  ["//evil.example/..", "//"],
])("%j is %j to every rule and to what stands behind", async (sent, seen) => {
  expect((await send(edge, sent)).seen.url).toBe(seen);
});

test("the API is what the path names, however it is written", async () => {
  for (const path of ["/x/../api/v1/me", "/%61pi/v1/me", "/api\\v1\\me"]) {
    expect((await send(edge, path)).seen).toMatchObject({ side: "api", url: "/api/v1/me" });
  }
});

test("an email's body has its own policy by every spelling of its path", async () => {
  for (const path of ["/emails/eml_1/body", "/x/../emails/eml_1/body", "/emails/eml_1/%62ody"]) {
    const { reply } = await send(edge, path);
    expect(reply.headers["content-security-policy"]).toMatch(/sandbox$/);
  }
});

test.each([
  "/t/../settings/members",
  "/t/%2e%2e/settings",
  "/t/x",
  "/t/u/../../settings",
  "/t/u/a",
])("%s borrows nothing for another site", async (path) => {
  const headers = { origin: "https://evil.example", "next-action": "40ab" };
  const { reply } = await send(edge, path, { method: "POST", headers, body: "[]" });
  expect(reply.status).toBe(403);
});

test("one click in another site's mail program unsubscribes", async () => {
  const headers = { origin: "https://mail.example" };
  const { seen } = await send(edge, "/t/u/eml_1/signature", { method: "POST", headers });
  expect(seen.side).toBe("pages");
});

test.each([
  "/emails/%00/body",
  "/campaigns/%00/export",
  "/audiences/%ED%A0%80",
  "/audiences/%ff",
  "/invite/%C0%AF",
  "/emails/%",
  "/emails/%zz/body",
  "/contacts?audience=%00",
])("%s, which no page can read, is refused with 400", async (path) => {
  expect((await send(edge, path)).reply.status).toBe(400);
});

test("a request that names no path, or two hosts, is refused with 400", async () => {
  for (const head of [
    "OPTIONS * HTTP/1.1\r\nHost: a",
    "GET me HTTP/1.1\r\nHost: a",
    "GET /login HTTP/1.1\r\nHost: a\r\nHost: b",
    "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nhost: a",
  ]) {
    const answer = await refusalOf(`${head}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/\r\nX-Request-Id: req_\w+\r\n/);
  }
});

test("what follows a refused request on its connection is not worked on", async () => {
  const next = "GET /api/v1/me HTTP/1.1\r\nHost: a\r\n\r\n";
  const before = asked;
  const answer = await refusalOf(`GET /api/v1/me HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${next}`);
  expect(answer.match(/HTTP/g)).toHaveLength(1);
  expect(asked).toBe(before);
  // Nor what follows an answer that is to be the last.
  const last = "GET /api/v1/me HTTP/1.0\r\nHost: a\r\n\r\n";
  expect((await refusalOf(last + next)).match(/HTTP/g)).toHaveLength(1);
  expect(asked).toBe(before + 1);
});

test("on https the API's answers ask for https too", async () => {
  const { reply } = await send(trusting, "/api/v1/me", {
    headers: { "x-forwarded-proto": "https" },
  });
  expect(reply.headers["strict-transport-security"]).toContain("max-age=");
  expect((await send(edge, "/api/v1/me")).reply.headers).not.toHaveProperty(
    "strict-transport-security",
  );
});

/** An edge before an inside that answers what it was given to see. */
async function open(trustedProxies: string[]): Promise<Server> {
  const inside =
    (side: string) =>
    async (
      incoming: import("node:http").IncomingMessage,
      response: import("node:http").ServerResponse,
    ) => {
      asked += 1;
      let body = 0;
      try {
        for await (const chunk of incoming) body += chunk.length;
      } catch {
        return;
      }
      const { headers, rawHeaders, url } = incoming;
      if (!response.writableEnded)
        response.end(JSON.stringify({ headers, rawHeaders, body, side, url }));
    };
  const server = createEdge(
    { api: inside("api"), pages: inside("pages") },
    { trustedProxies, development: false },
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

test("what is no HTTP request is refused with a request id", async () => {
  const tooLong = `X-Long: ${"a".repeat(40_000)}`;
  expect(await refusalOf("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n")).toMatch(refusal(400));
  expect(await refusalOf("GET / HTTP/1.1\r\nBroken\r\n\r\n")).toMatch(refusal(400));
  expect(await refusalOf(`GET / HTTP/1.1\r\n${tooLong}\r\n\r\n`)).toMatch(refusal(431));
});

function refusal(status: number): RegExp {
  return new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\\r\\nX-Request-Id: req_\\w+\\r\\n\\r\\n$`);
}

/** All that the edge answers to these bytes. */
async function refusalOf(bytes: string): Promise<string> {
  const socket = connect((edge.address() as AddressInfo).port, "localhost");
  socket.write(bytes);
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text;
}

function send(
  server: Server,
  path: string,
  {
    method = "GET",
    headers = {},
    body = "",
    chunked = false,
  }: { method?: string; headers?: Record<string, string>; body?: string; chunked?: boolean } = {},
): Promise<{ reply: Reply; seen: Seen }> {
  const { port } = server.address() as AddressInfo;
  const framing = chunked ? { "transfer-encoding": "chunked" } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "localhost", port, path, method, headers: { ...framing, ...headers }, agent: false },
      async (incoming) => {
        let text = "";
        for await (const chunk of incoming) text += chunk;
        const reply = { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
        resolve({ reply, seen: reply.status === 200 ? JSON.parse(text) : {} });
        outgoing.destroy();
      },
    );
    outgoing.once("error", reject);
    if (headers["content-length"]) outgoing.flushHeaders();
    else outgoing.end(body);
  });
}
