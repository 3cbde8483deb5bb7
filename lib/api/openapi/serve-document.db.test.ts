import { expect, test } from "vitest";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

test("the document is there for everybody, and may be kept", async () => {
  const answer = await call("/openapi.json");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
  expect(await jsonOf(answer)).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/api/v1" }] });
});

test("who has it already is told so, and HEAD has no body", async () => {
  const etag = (await call("/openapi.json")).headers.get("etag") ?? "";
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await call("/openapi.json", { headers: { "if-none-match": tag } });
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
  }
  const changed = await call("/openapi.json", { headers: { "if-none-match": '"other"' } });
  expect(changed.status).toBe(200);
  const head = await call("/openapi.json", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test("other methods are 405, and OPTIONS names those there are", async () => {
  const options = await call("/openapi.json", { method: "OPTIONS" });
  expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
  expect((await call("/openapi.json", { method: "POST" })).status).toBe(405);
});

test("a key in the URL is refused here too", async () => {
  const { secret } = await givenWorkingKey(await givenOwner());
  const answer = await call(`/openapi.json?key=${secret}`);
  expect([answer.status, (await jsonOf(answer)).code]).toEqual([400, "key_in_url"]);
});
