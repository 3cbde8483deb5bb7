import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { staticFilesFirst } from "@/lib/platform/edge/static-files";

const SCRIPT = "export const shop = 1;".repeat(50);
let folder: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "static-files-"));
  await writeFile(path.join(folder, "a.js"), SCRIPT);
  await writeFile(path.join(folder, "a.js.br"), brotliCompressSync(SCRIPT));
  server = createServer(
    staticFilesFirst(folder, (request, response) => response.writeHead(404).end(request.url)),
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test("a file of the build comes as it was compressed, to be kept for a year", async () => {
  const answer = await fetch(`${origin}/_next/static/a.js`, {
    headers: { "accept-encoding": "br" },
  });
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-encoding": "br",
    "content-type": "text/javascript",
    "cache-control": "public,max-age=31536000,immutable",
    vary: "Accept-Encoding",
  });
  expect(await answer.text()).toBe(SCRIPT);
});

test("a browser that knows no compression gets it as it is", async () => {
  const answer = await fetch(`${origin}/_next/static/a.js`, {
    headers: { "accept-encoding": "identity" },
  });
  expect(answer.headers.get("content-encoding")).toBeNull();
  expect(await answer.text()).toBe(SCRIPT);
});

test.each([
  "/login",
  "/_next/static",
  "/_next/static/none.js",
  "/_next/static/..%2f..%2fetc%2fpasswd",
])("%s is the pages' to answer, under its own URL", async (url) => {
  const answer = await fetch(origin + url);
  expect([answer.status, await answer.text()]).toEqual([404, url]);
});
