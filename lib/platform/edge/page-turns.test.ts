import { once } from "node:events";
import { request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createEdge } from "@/lib/platform/edge/create-edge";
import { inTurns } from "@/lib/platform/edge/page-turns";
import { onceForStrangers } from "@/lib/platform/edge/public-pages";

const MIB = 1_048_576;
const OPTIONS = { trustedProxies: [], development: false };

const opened: (Server | Socket)[] = [];
const connections: Socket[] = [];

afterEach(() => {
  connections.length = 0;
  for (const one of opened.splice(0)) {
    if ("closeAllConnections" in one) one.closeAllConnections();
    else one.destroy();
  }
});

/** An edge whose pages wait until `answer` answers the one that was begun first. */
async function givenEdge(wrap = inTurns) {
  const begun: ServerResponse[] = [];
  const bodies: number[] = [];
  const pages = wrap(async (incoming, response) => {
    begun.push(response);
    const closed = once(response, "close");
    let bytes = 0;
    incoming.on("data", (chunk) => {
      bytes += chunk.length;
    });
    incoming.on("end", () => bodies.push(bytes));
    incoming.on("error", () => {});
    await closed;
  });
  const port = await open(pages);
  const answer = (body = "x") => begun.shift()?.end(body);
  const taken = () => connections.reduce((sum, one) => sum + one.bytesRead, 0);
  return { port, begun, bodies, answer, taken };
}

/** Opens an edge before these pages. Returns its port. */
async function open(pages: Parameters<typeof inTurns>[0]): Promise<number> {
  const server = createEdge({ api: pages, pages }, OPTIONS).listen(0, "127.0.0.1");
  server.on("connection", (socket) => connections.push(socket));
  await once(server, "listening");
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

async function givenSocket(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  opened.push(socket);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

async function get(port: number, path: string, headers = {}): Promise<string> {
  const sent = request({ port, path, headers, agent: false }).end();
  const [reply] = await once(sent, "response");
  let text = `${reply.headers["content-security-policy"]} ${reply.headers.link ?? ""} `;
  for await (const chunk of reply) text += chunk;
  return text;
}

test("the requests of one connection are worked on one after another", async () => {
  const { port, begun, answer } = await givenEdge((pages) => pages);
  const socket = await givenSocket(port, ask("/x").repeat(9));
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  answer();
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  await givenSocket(port, ask("/y"));
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  let text = "";
  socket.on("data", (bytes) => {
    text += bytes;
  });
  await vi.waitFor(
    () => {
      expect(begun.length).toBeLessThan(3);
      answer();
      expect(text.split("200 OK")).toHaveLength(10);
    },
    { interval: 5 },
  );
});

test("a connection that does not read its answer gets no further ones", async () => {
  const { port, begun, answer } = await givenEdge((pages) => pages);
  const socket = await givenSocket(port, ask("/x").repeat(50));
  socket.pause();
  const huge = "x".repeat(64 * MIB);
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  answer(huge);
  await givenSocket(port, ask("/y"));
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  answer();
  expect(begun).toHaveLength(0);
  socket.resume();
  await vi.waitFor(() => expect(begun).toHaveLength(1), { timeout: 5_000 });
});

test("a connection with hundreds of requests waiting is closed", async () => {
  const { port, begun } = await givenEdge((pages) => pages);
  const socket = await givenSocket(port, ask("/x").repeat(300));
  socket.resume();
  await once(socket, "close");
  expect(begun).toHaveLength(1);
});

test("few pages are made at a time, and one that takes long keeps no other waiting for long", async () => {
  const { port, begun, answer } = await givenEdge();
  for (const path of ["/a", "/b", "/c", "/d"]) await givenSocket(port, ask(path));
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  answer();
  answer();
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  await givenSocket(port, ask("/e"));
  await vi.waitFor(() => expect(begun).toHaveLength(3), { timeout: 3_000 });
});

test("a page is begun once its body is here, however slowly that comes", async () => {
  const { port, begun, bodies, answer } = await givenEdge();
  const head = `POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: ${MIB}\r\n\r\n`;
  const slow = await Promise.all([1, 2, 3].map(() => givenSocket(port, `${head}x`)));
  await givenSocket(port, ask("/b"));
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  answer();
  for (const socket of slow) socket.write("x".repeat(MIB - 1));
  await vi.waitFor(() => expect(bodies).toEqual([0, MIB, MIB, MIB]), { timeout: 3_000 });
});

test("only so many bytes of large bodies are taken at a time", async () => {
  const { port, begun, answer, taken } = await givenEdge();
  const received: string[] = [];
  for (let sent = 0; sent < 12; sent += 1) {
    const headers = { "content-type": "text/plain" };
    const sending = request({ port, method: "POST", path: "/a", headers, agent: false });
    sending.on("response", () => received.push("answer")).on("error", () => {});
    sending.end("x".repeat(MIB));
  }
  // Those begun first do not end, so that as many are begun as may be in memory.
  await vi.waitFor(() => expect(begun).toHaveLength(4), { timeout: 3_000 });
  expect(taken()).toBeLessThan(5.5 * MIB);
  await vi.waitFor(
    () => {
      answer();
      expect(received).toHaveLength(12);
    },
    { timeout: 5_000, interval: 5 },
  );
});

test("what all strangers see alike is made once, each with a nonce of its own", async () => {
  let made = 0;
  const pages = onceForStrangers((incoming, response) => {
    made += 1;
    const nonce = /'nonce-([^']+)'/.exec(String(incoming.headers["content-security-policy"]))?.[1];
    response.setHeader("Link", `<a>; nonce="${nonce}"`);
    response.write(`<script nonce="${nonce}">`);
    response.end(`${incoming.url} ${incoming.headers.cookie} ${incoming.headers["user-agent"]}`);
  });
  const port = await open(pages);
  const answers = await Promise.all([1, 2, 3].map(() => get(port, "/docs/api")));
  answers.push(await get(port, "/docs/api"));
  expect(made).toBe(1);
  const nonces = answers.map(
    (text) => new Set([...text.matchAll(/nonce[-="]+([^'"]+)/g)].map(([, nonce]) => nonce)),
  );
  expect(nonces.map((each) => each.size)).toEqual([1, 1, 1, 1]);
  expect(new Set(nonces.flatMap((each) => [...each])).size).toBe(4);
  expect(answers[0]).toContain("/docs/api theme=system undefined");

  expect(await get(port, "/docs/api", { cookie: "theme=dark" })).toContain("theme=dark");
  expect(await get(port, "/docs/api", { cookie: "session=1" })).toContain("session=1");
  expect(await get(port, "/docs/api?x=1")).toContain("/docs/api?x=1 undefined");
  expect(await get(port, "/docs/api", { rsc: "1" })).toContain("/docs/api undefined");
  expect(await get(port, "/settings/api-keys")).toContain("/settings/api-keys");
  expect(made).toBe(6);
  expect(await get(port, "/docs/api", { host: "other.example" })).toContain("/docs/api");
  expect(made).toBe(7);
});

test("a page that strangers act on is made anew after anybody did something", async () => {
  let made = 0;
  const pages = onceForStrangers((_, response) => {
    made += 1;
    response.end("x");
  });
  const port = await open(pages);
  await get(port, "/login");
  await get(port, "/login");
  expect(made).toBe(1);
  await once(request({ port, path: "/signup", method: "POST", agent: false }).end(), "response");
  await vi.waitFor(async () => {
    await get(port, "/login");
    expect(made).toBe(3);
  });
});

test("what is no page, or gives a cookie, is kept for nobody", async () => {
  let made = 0;
  const pages = onceForStrangers((_, response) => {
    made += 1;
    if (made < 3) response.setHeader("Set-Cookie", "a=b");
    else response.statusCode = 404;
    response.end("x");
  });
  const port = await open(pages);
  for (let asked = 0; asked < 4; asked += 1) await get(port, "/docs/api");
  expect(made).toBe(4);
});
