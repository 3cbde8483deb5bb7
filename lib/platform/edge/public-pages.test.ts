import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { onceForStrangers } from "@/lib/platform/edge/public-pages";

let server: Server | null = null;
afterEach(() => void server?.close());

test("a page that was given up is answered at once, whatever is still done about it", async () => {
  server = createServer(
    onceForStrangers(async (_, response) => {
      response.writeHead(503, { "Content-Type": "text/plain", "Retry-After": 5 });
      response.end("The database does not answer just now.");
      response.statusCode = 500;
      await new Promise(() => {});
    }),
  );
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/login`);
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([
    503,
    "5",
    "The database does not answer just now.",
  ]);
});
