import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { Pool } from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noteDatabaseAway, wasDatabaseAway } from "@/lib/platform/database/away";
import { pool } from "@/lib/platform/database/pool";
import { pagesWithoutDatabase } from "@/lib/platform/edge/pages-without-database";
import { processValues } from "@/lib/platform/process-wide";

type Page = Parameters<typeof pagesWithoutDatabase>[0];

const slots = processValues();

let page: Page;
let server: Server;
let origin: string;

beforeEach(async () => {
  server = createServer(pagesWithoutDatabase((request, response) => page(request, response)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function statusOf(given: Page): Promise<[number, string | null]> {
  page = given;
  const response = await fetch(origin, { redirect: "manual" });
  await response.text();
  return [response.status, response.headers.get("retry-after")];
}

test("a page that fails is a 500; after a connection failed it is a 503, whatever writes its head", async () => {
  const streaming: Page = (_, response) => {
    response.statusCode = 500;
    response.setHeader("Content-Type", "text/plain");
    response.write("no");
    response.end();
  };
  const atOnce: Page = (_, response) => response.writeHead(500, { "X-A": "1" }).end();
  const fine: Page = (_, response) => response.writeHead(302, { Location: "/" }).end();
  expect(await statusOf(streaming)).toEqual([500, null]);
  noteDatabaseAway();
  expect(await statusOf(streaming)).toEqual([503, "5"]);
  expect(await statusOf(atOnce)).toEqual([503, "5"]);
  expect(await statusOf(fine)).toEqual([302, null]);
  slots.set("database-trouble", undefined);
});

test("a pool that gets no connection, by query or for a transaction, says so", async () => {
  const real = slots.get("pool");
  for (const use of [() => pool().query("SELECT 1"), () => pool().connect()]) {
    slots.set("pool", undefined);
    slots.set("database-trouble", undefined);
    vi.stubEnv("DATABASE_URL", "postgresql://postgres@127.0.0.1:1/postgres");
    await expect(use()).rejects.toThrow("ECONNREFUSED");
    expect(wasDatabaseAway()).toBe(true);
    vi.unstubAllEnvs();
    slots.set("pool", real);
  }
  slots.set("database-trouble", undefined);
});

test("a page that waits for a database which hangs is a 503 within 3 s, and its late answer harms nobody", async () => {
  const hole = createTcpServer(() => undefined);
  await new Promise<void>((resolve) => hole.listen(0, "127.0.0.1", resolve));
  const real = slots.get("pool");
  const broken = new Pool({ host: "127.0.0.1", port: (hole.address() as AddressInfo).port });
  slots.set("pool", broken);
  const beganMs = performance.now();
  let late: Promise<void> = Promise.resolve();
  const waiting: Page = (_, response) => {
    late = new Promise((resolve) => response.once("close", resolve)).then(() => {
      response.statusCode = 200;
      response.end("late");
    });
    return late;
  };
  expect(await statusOf(waiting)).toEqual([503, "5"]);
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  await late;
  slots.set("pool", real);
  hole.close();
});

test("a page whose work goes on statement by statement is answered, however many connections are taken", async () => {
  const taken = await Promise.all(
    Array.from({ length: pool().options.max ?? 1 }, () => pool().connect()),
  );
  const slow: Page = async (_, response) => {
    for (let at = 0; at < 16; at += 1) await taken[0]?.query("SELECT pg_sleep(0.2)");
    for (const client of taken) client.release();
    response.end("done");
  };
  expect(await statusOf(slow)).toEqual([200, null]);
});

test("a page that waits behind long statements is answered, however many connections they take", async () => {
  const slow: Page = async (_, response) => {
    const size = pool().options.max ?? 1;
    await Promise.all(Array.from({ length: size }, () => pool().query("SELECT pg_sleep(3.5)")));
    response.end("done");
  };
  expect(await statusOf(slow)).toEqual([200, null]);
});

test("a page that has begun and goes on for long does not have the database asked", async () => {
  let end = () => {};
  page = (_, response) => {
    response.write("first ");
    end = () => response.end("last");
  };
  const response = await fetch(origin);
  const watch = slots.get("database-watch") as { underWay: Set<unknown> };
  await vi.waitFor(() => expect(watch.underWay.size).toBe(0));
  end();
  expect(await response.text()).toBe("first last");
});
