import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { env } from "@/lib/platform/env";
import { ANSWER_MAX_BYTES, connections, post } from "@/lib/platform/outgoing/post";

let server: Server;
let port: number;
let hits: number;
let answer: (response: import("node:http").ServerResponse) => void;
const systemResolver = connections().resolve;

beforeEach(async () => {
  hits = 0;
  answer = (response) => response.end("thanks");
  server = createServer((_, response) => {
    hits += 1;
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  env().WEBHOOK_ALLOWED_HOSTS = [];
  connections().resolve = systemResolver;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A resolver under which every name leads to the next of `addresses`, and the last one from then on. */
function leadTo(...addresses: string[]): { asked: () => number } {
  let asked = 0;
  const resolve = (_: string, __: unknown, done: (...args: unknown[]) => void) => {
    const address = addresses[Math.min(asked, addresses.length - 1)];
    asked += 1;
    done(null, [{ address, family: 4 }]);
  };
  connections().resolve = resolve as unknown as typeof systemResolver;
  return { asked: () => asked };
}

test("an allowed host gets the message, and its answer comes back", async () => {
  env().WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"];
  const posted = await post(`http://127.0.0.1:${port}/`, {}, "{}");
  expect(posted).toMatchObject({ status: 200, answer: "thanks", reason: null });
});

test.each(["127.0.0.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "localhost"])(
  "nothing reaches a listener on this machine by %s",
  async (host) => {
    for (const scheme of ["http", "https"]) {
      const posted = await post(`${scheme}://${host}:${port}/`, {}, "{}");
      expect(posted.status).toBeNull();
      expect(posted.reason).toMatch(/private network|https/);
    }
    expect(hits).toBe(0);
  },
);

test("a name that leads inside is refused as the connection is made, whatever it led to before", async () => {
  const { asked } = leadTo("127.0.0.1");
  const posted = await post(`https://rebinding.example:${port}/`, {}, "{}");
  expect(posted.reason).toContain("rebinding.example leads to 127.0.0.1");
  // The address that is checked is the one that is connected to: the name is asked for once.
  expect(asked()).toBe(1);
  expect(hits).toBe(0);
});

test("a redirect is not followed", async () => {
  env().WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"];
  answer = (response) =>
    response.writeHead(307, { Location: `http://127.0.0.1:${port}/inside` }).end();
  expect(await post(`http://127.0.0.1:${port}/`, {}, "{}")).toMatchObject({ status: 307 });
  expect(hits).toBe(1);
});

test("of a long answer the beginning is read, and an answer that never ends is cut off", async () => {
  env().WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"];
  answer = (response) => response.end("x".repeat(1_000_000));
  const posted = await post(`http://127.0.0.1:${port}/`, {}, "{}");
  expect(posted.answer).toHaveLength(ANSWER_MAX_BYTES);
  answer = (response) => response.write("so far");
  expect(await post(`http://127.0.0.1:${port}/`, {}, "{}", 200)).toMatchObject({
    status: 200,
    answer: "so far",
  });
});

test("a receiver that does not answer in time, or not at all, is said to do so", async () => {
  env().WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"];
  answer = () => {};
  const slow = await post(`http://127.0.0.1:${port}/`, {}, "{}", 1_000);
  expect(slow.reason).toBe("The receiver did not answer within 1 second.");
  answer = (response) => response.destroy();
  const cut = await post(`http://127.0.0.1:${port}/`, {}, "{}");
  expect(cut.reason).toBe("The receiver closed the connection without an answer.");
});
