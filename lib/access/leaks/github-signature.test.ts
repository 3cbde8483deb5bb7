import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { githubKey } from "@/lib/access/leaks/github-keys";
import { isSignedByGithub } from "@/lib/access/leaks/github-signature";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";

/** The example of GitHub's documentation: a real key, and a message that it signed. */
const IDENTIFIER = "f9525bf080f75b3506ca1ead061add62b8633a346606dc5fe544e29231c6ee0d";
const KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsz9ugWDj5jK5ELBK42ynytbo38gP
HzZFI03Exwz8Lh/tCfL3YxwMdLjB+bMznsanlhK0RwcGP3IDb34kQDIo3Q==
-----END PUBLIC KEY-----
`;
const BODY =
  '[{"token":"NMIfyYncKcRALEXAMPLE","type":"mycompany_api_token","url":"https://github.com/octocat/Hello-World/blob/12345600b9cbe38a219f39a9941c9319b600c002/foo/bar.txt","source":"content"}]';
const SIGNATURE =
  "MEUCIQDfLvT8/zM8F1aB3cM0ZwyeWF1m5YR6IhcUIv1OKQYL0wIgBZ5lVXB3gHK+dT8+xt0WgRVLqvsTPFiDO9QP/7eJ4yE=";

const now = new Date("2026-11-23T12:00:00.000Z");
let answer = { status: 200, body: "" };
let asked = 0;
const server = createServer((_, response) => {
  asked += 1;
  response.writeHead(answer.status, { location: "http://127.0.0.1:1/" });
  response.end(answer.body);
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  env().GITHUB_SECRET_SCANNING_KEYS_URL = `http://127.0.0.1:${port}/`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function headers(signature = SIGNATURE, identifier = IDENTIFIER): Headers {
  return new Headers({
    "Github-Public-Key-Identifier": identifier,
    "Github-Public-Key-Signature": signature,
  });
}

const isSigned = (given: Headers, body = BODY) =>
  isSignedByGithub(given, Buffer.from(body), later(now, 10 * MINUTE_MS));

test.each([
  ["a redirect", 302, ""],
  ["an error", 500, "{}"],
  ["something else than keys", 200, "<html>"],
  ["more than keys need", 200, " ".repeat(300_000)],
])("%s in place of the keys gives none", async (_, status, body) => {
  answer = { status, body };
  const before = asked;
  const minute = later(now, before * MINUTE_MS);
  expect(await githubKey(IDENTIFIER, minute)).toBeNull();
  expect(asked).toBe(before + 1);
});

test("an unknown identifier makes us ask at most once a minute", async () => {
  answer = { status: 200, body: JSON.stringify({ public_keys: [] }) };
  const before = asked;
  const minute = later(now, before * MINUTE_MS);
  await Promise.all([githubKey("one", minute), githubKey("other", minute)]);
  await githubKey("third", later(minute, MINUTE_MS - 1));
  expect(asked).toBe(before + 1);
});

test("GitHub's own example is accepted, and nothing that differs from it", async () => {
  const keys = [{ key_identifier: IDENTIFIER, key: KEY, is_current: true }];
  answer = { status: 200, body: JSON.stringify({ public_keys: keys }) };
  expect(await isSigned(headers())).toBe(true);
  expect(await isSigned(headers(), BODY.replace("foo", "fox"))).toBe(false);
  expect(await isSigned(headers(`A${SIGNATURE.slice(1)}`))).toBe(false);
  expect(await isSigned(headers("not base64 at all"))).toBe(false);
  expect(await isSigned(headers(SIGNATURE, "unknown"))).toBe(false);
  expect(await isSigned(new Headers())).toBe(false);
  expect(await isSigned(headers(SIGNATURE.repeat(100)))).toBe(false);
});
