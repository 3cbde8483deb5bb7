// Counts what a program sends to its database and waits for: a proxy in front of the server.
import { connect, createServer } from "node:net";

/** Messages after which a client waits: a simple query, and the end of an extended one (PostgreSQL, ch. 55). */
const WAITS = new Set(["Q".charCodeAt(0), "S".charCodeAt(0)]);

/** A database behind a proxy that counts round trips. `url` leads to it. */
export async function countingProxy(url) {
  const { hostname, port } = new URL(url);
  const counter = { trips: 0 };
  const proxy = createServer((client) => {
    const database = connect(Number(port || 5432), hostname);
    const count = messageCounter(counter);
    client.on("data", (chunk) => {
      count(chunk);
      database.write(chunk);
    });
    database.on("data", (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, database],
      [database, client],
    ]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  const behind = new URL(url);
  behind.host = `127.0.0.1:${proxy.address().port}`;
  return { url: behind.href, counter, close: () => proxy.close() };
}

/** Follows the messages of one connection, however they are cut into pieces. The first one has no type. */
function messageCounter(counter) {
  let rest = Buffer.alloc(0);
  let typeBytes = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= typeBytes + 4) {
      const length = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < length) return;
      if (typeBytes === 1 && WAITS.has(rest[0])) counter.trips += 1;
      rest = rest.subarray(length);
      typeBytes = 1;
    }
  };
}
