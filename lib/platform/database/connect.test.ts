import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isDatabaseAway } from "@/lib/platform/database/away";
import { connectTo, DatabaseUnreachableError } from "@/lib/platform/database/connect";
import { env } from "@/lib/platform/env";

const PASSWORD = "hunter2-of-the-database";
const { DATABASE_URL } = env();
let server: Server;

beforeEach(async () => {
  Object.assign(env(), { DATABASE_URL: "postgresql://of-a-server" });
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(() => {
  server.close();
  Object.assign(env(), { DATABASE_URL });
});

function place(): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failure(url: string): Promise<Error> {
  return await connectTo(url).then(
    () => Promise.reject(new Error("There is a connection.")),
    (error: Error) => error,
  );
}

test("a database that is not there is named by host and port, with the setting, without the password", async () => {
  const at = place();
  server.close();
  await once(server, "close");
  const error = await failure(`postgresql://postern:${PASSWORD}@${at}/postern`);
  expect(error).toBeInstanceOf(DatabaseUnreachableError);
  expect(error.message).toBe(
    `No connection to PostgreSQL at ${at}, which DATABASE_URL names: connect ECONNREFUSED ${at}.`,
  );
  expect(isDatabaseAway(error)).toBe(true);
});

test("a database that refuses is named with its reason, which is no absence", async () => {
  const refusal = "SFATAL\0C28P01\0Mpassword authentication failed\0\0";
  const length = Buffer.alloc(4);
  length.writeInt32BE(refusal.length + 4);
  server.on("connection", (socket) =>
    socket.once("data", () =>
      socket.end(Buffer.concat([Buffer.from("E"), length, Buffer.from(refusal)])),
    ),
  );
  const error = await failure(`postgresql://postern:${PASSWORD}@${place()}/postern`);
  expect(error).toBeInstanceOf(DatabaseUnreachableError);
  expect(error.message).toBe(
    `No connection to PostgreSQL at ${place()}, which DATABASE_URL names: password authentication failed.`,
  );
  expect(isDatabaseAway(error)).toBe(false);
});

test("a URL that cannot be read is not repeated", async () => {
  const error = await failure(`postgresql://postern:${PASSWORD}/#@db.example.com:x/postern`);
  expect(error.message).toMatch(/^DATABASE_URL cannot be read as a URL: /);
  expect(`${error.message}${JSON.stringify(error)}`).not.toContain(PASSWORD);
});

test("the embedded database fails with the error as it is: no setting names it", async () => {
  Object.assign(env(), { DATABASE_URL: undefined });
  const at = place();
  server.close();
  await once(server, "close");
  expect(await failure(`postgresql://postern@${at}/postern`)).toMatchObject({
    code: "ECONNREFUSED",
  });
});
