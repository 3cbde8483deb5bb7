import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { drain } from "@/lib/platform/edge/drain";

const REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

test("a connection that goes on asking gets one more answer, which says that it is the last", async () => {
  const server = await listen();
  const busy = await open(server);
  expect(await ask(busy)).toContain("Connection: keep-alive");
  const request = once(server, "request");
  busy.write(REQUEST);
  await request;
  const drained = drain(server, 60_000);
  const [answer] = await once(busy, "data");
  expect(String(answer)).toContain("Connection: keep-alive");
  expect(await ask(busy)).toContain("Connection: close");
  await once(busy, "close");
  await drained;
});

test("a connection that falls silent after its answer holds nobody up", async () => {
  const server = await listen();
  const silent = await open(server);
  const request = once(server, "request");
  silent.write(REQUEST);
  await request;
  const drained = drain(server, 60_000);
  await once(silent, "data");
  await drained;
});

test("what never ends is ended", async () => {
  const server = await listen();
  const stuck = await open(server);
  stuck.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
  await once(server, "request");
  await drain(server, 50);
});

/** A server whose answers take a moment. */
async function listen(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => setTimeout(() => response.end("."), 20));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function open(server: Server): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  return socket;
}

async function ask(socket: Socket): Promise<string> {
  socket.write(REQUEST);
  const [answer] = await once(socket, "data");
  return String(answer);
}
