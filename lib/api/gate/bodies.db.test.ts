import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { db } from "@/lib/platform/database/unit-of-work";
import { isStorable } from "@/lib/platform/text";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

let secret: string;

beforeAll(async () => {
  const key = await givenWorkingKey(await givenOwner());
  secret = key.secret;
  await db().apiKey.update({ where: { id: key.keyId }, data: { ratePerMinute: 60_000 } });
});

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await call("/contacts", { method: "POST", secret, body, headers });
  return { status: response.status, body: await jsonOf(response) };
}

test.each<[string, unknown, number, string]>([
  ["empty", "", 400, "invalid_json"],
  ["cut off", '{"email":', 400, "invalid_json"],
  ["a trailing comma", '{"email":"a@example.com",}', 400, "invalid_json"],
  ["single quotes", "{'email':'a@example.com'}", 400, "invalid_json"],
  ["two values", "{}{}", 400, "invalid_json"],
  ["NaN", '{"properties":{"a":NaN}}', 400, "invalid_json"],
  ["not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "invalid_json"],
  [
    "UTF-16",
    new Uint8Array(Buffer.from('{"email":"a@example.com"}', "utf16le")),
    400,
    "invalid_json",
  ],
  ["a lone byte order mark", "\ufeff", 400, "invalid_json"],
  ["a raw newline in a text", '{"email":"a\n@example.com"}', 400, "invalid_json"],
  ["21 levels", deep(21), 400, "invalid_json"],
  ["100,000 levels", deep(100_000), 400, "invalid_json"],
  ["100,000 open brackets", "[".repeat(100_000), 400, "invalid_json"],
  ["20 levels", deep(20), 422, "validation_error"],
  ["a list", "[]", 422, "validation_error"],
  ["null", "null", 422, "validation_error"],
  ["a text", '"a@example.com"', 422, "validation_error"],
  ["a number", "1e999", 422, "validation_error"],
  ["nothing in it", "{}", 422, "validation_error"],
  ["an object for a text", '{"email":{"not":""}}', 422, "validation_error"],
  ["a list for a text", '{"email":["a@example.com"]}', 422, "validation_error"],
  ["NUL in a text", '{"email":"a\\u0000@example.com"}', 422, "validation_error"],
  ["NUL in a name", '{"email":"a@example.com","a\\u0000b":1}', 422, "validation_error"],
  ["half a pair", '{"email":"z@example.com","first_name":"\\ud800"}', 422, "validation_error"],
  [
    "half a pair in a property",
    '{"email":"z@example.com","properties":{"a":"\\udc00x"}}',
    422,
    "validation_error",
  ],
  [
    "half a pair in a property name",
    '{"email":"z@example.com","properties":{"\\udc00":1}}',
    422,
    "validation_error",
  ],
  [
    "__proto__",
    '{"email":"z@example.com","__proto__":{"unsubscribed":true}}',
    422,
    "validation_error",
  ],
  [
    "__proto__ twice",
    '{"__proto__":1,"__proto__":{"email":"z@example.com"}}',
    422,
    "validation_error",
  ],
  [
    "__proto__ as a property",
    '{"email":"z@example.com","properties":{"__proto__":"x"}}',
    422,
    "validation_error",
  ],
  [
    "a nested property",
    '{"email":"z@example.com","properties":{"a":{"b":1}}}',
    422,
    "validation_error",
  ],
  [
    "an infinite property",
    '{"email":"z@example.com","properties":{"a":1e999}}',
    422,
    "validation_error",
  ],
  [
    "a number that would lose digits",
    '{"email":"z@example.com","properties":{"a":12345678901234567890}}',
    422,
    "validation_error",
  ],
  [
    "a long property",
    JSON.stringify({ email: "z@example.com", properties: { a: "x".repeat(501) } }),
    422,
    "validation_error",
  ],
  [
    "51 properties",
    JSON.stringify({
      email: "z@example.com",
      properties: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`p${at}`, at])),
    }),
    422,
    "validation_error",
  ],
  [
    "a property without a name",
    '{"email":"z@example.com","properties":{"":1}}',
    422,
    "validation_error",
  ],
  [
    "unsubscribed as a text",
    '{"email":"z@example.com","unsubscribed":"yes"}',
    422,
    "validation_error",
  ],
  ["too many values", `{"a":[${"0,".repeat(10_000)}0]}`, 413, "payload_too_large"],
  [
    "too large",
    JSON.stringify({ email: "z@example.com", first_name: "x".repeat(1_048_576) }),
    413,
    "payload_too_large",
  ],
])("%s is refused", async (_, body, status, code) => {
  const answer = await post(body);
  expect(answer).toMatchObject({ status, body: { code } });
  expect(await db().contact.count({ where: { email: "z@example.com" } })).toBe(0);
  expect(Object.prototype).not.toHaveProperty("unsubscribed");
});

test("every unknown field is named, and every wrong one", async () => {
  const { status, body } = await post({ email: "no", workspaceId: "x", id: 1, first_name: 5 });
  expect(status).toBe(422);
  const paths = (body.errors as { path: string }[]).map(({ path }) => path);
  expect(paths.sort()).toEqual(["email", "first_name", "id", "workspaceId"]);
});

test("a fault is named in few words, however long the name that was sent", async () => {
  for (const field of [
    { ["n".repeat(900_000)]: 1 },
    { properties: { ["n".repeat(900_000)]: 1 } },
  ]) {
    const { status, body } = await post({ email: "a@example.com", ...field });
    expect(status).toBe(422);
    expect(JSON.stringify(body).length).toBeLessThan(2_000);
  }
});

test("only JSON is read, and only uncompressed", async () => {
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json; charset=latin1",
    "",
  ]) {
    expect((await post("{}", { "content-type": type })).status).toBe(415);
  }
  expect((await post("{}", { "content-encoding": "gzip" })).status).toBe(415);
  for (const type of [
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf-8"',
  ]) {
    expect((await post("{}", { "content-type": type })).status).toBe(422);
  }
});

test("a body is counted while it streams, whatever its declared length", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(0x20));
    },
  });
  const { status, body } = await postStream(endless);
  expect([status, body.code]).toEqual([413, "payload_too_large"]);
  expect(sent).toBeLessThan(2_000_000);
  expect((await post("{}", { "content-length": "2000000" })).status).toBe(413);
});

async function postStream(stream: ReadableStream) {
  const { api } = await import("@/lib/api/app");
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: stream,
    duplex: "half",
  };
  const response = await api.request("/api/v1/contacts", init, {});
  return { status: response.status, body: await jsonOf(response) };
}

test("a body is not read for who is not let in", async () => {
  const body = "x".repeat(2_000_000);
  const response = await call("/contacts", {
    method: "POST",
    secret: generateSecret("live"),
    body,
  });
  expect(response.status).toBe(401);
});

test("no body, path or query of any kind is answered with a failure of ours", async () => {
  const text = fc.string({ unit: "binary", maxLength: 30 });
  const value = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue());
  const fields = fc.dictionary(
    fc.oneof(
      fc.constantFrom("email", "first_name", "properties", "unsubscribed", "constructor"),
      text,
    ),
    fc.oneof(value, fc.constant("fuzz@example.com"), fc.dictionary(text, value)),
  );
  await fc.assert(
    fc.asyncProperty(
      fields,
      fc.constantFrom("POST", "PUT", "PATCH"),
      text,
      async (body, method, ref) => {
        const path = method === "POST" ? "/contacts" : `/contacts/${encodeURIComponent(ref)}`;
        const written = await call(path, { method, secret, body: JSON.stringify(body) });
        expect(written.status).toBeLessThan(500);
        const query = new URLSearchParams({ email: ref, after: ref, limit: ref }).toString();
        expect((await call(`/contacts?${query}`, { secret })).status).toBeLessThan(500);
      },
    ),
    { numRuns: 150 },
  );
});

test("what was accepted comes back as it was sent, its texts composed", async () => {
  const letter = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => isStorable(text));
  const property = fc.oneof(
    letter.filter((text) => !text.includes("\0")),
    fc.integer(),
    fc.boolean(),
  );
  const name = fc
    .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 })
    .filter((text) => text !== "__proto__");
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, property, { maxKeys: 10 }), async (properties) => {
      made += 1;
      const { status, body } = await post({ email: `kept${made}@example.com`, properties });
      expect(status).toBe(201);
      const composed = Object.entries(properties).map(([key, value]) => [
        key,
        typeof value === "string" ? value.normalize("NFC") : value,
      ]);
      expect(body.properties).toEqual(Object.fromEntries(composed));
    }),
    { numRuns: 60 },
  );
});
