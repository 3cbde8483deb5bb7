import fc from "fast-check";
import { expect, test } from "vitest";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { readCredential } from "@/lib/api/gate/authenticate";

const secret = generateSecret("live");

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

test.each([
  `Bearer ${secret}`,
  `bearer ${secret}`,
  `BEARER   ${secret}`,
  basic(`key:${secret}`),
  basic(`:${secret}`),
  basic(`ünïcode:${secret}`),
  basic(`key:${secret}`).replace("Basic", "basic"),
  basic(`${secret}:`),
  basic(`${secret}:x`),
  basic(`${generateSecret("live")}:${secret}`),
])("%s carries the key", (header) => {
  expect(readCredential(header)).toEqual({ kind: "secret", secret });
});

test("nothing is nothing, and anything else is no key of ours", () => {
  expect(readCredential(null)).toEqual({ kind: "none" });
  expect(readCredential("")).toEqual({ kind: "none" });
  for (const header of [
    secret,
    "Bearer",
    "Bearer ",
    `Bearer ${secret} ${secret}`,
    `Bearer ${secret}, Bearer ${secret}`,
    basic(secret),
    "Basic !!!",
    `Digest ${secret}`,
  ]) {
    expect(readCredential(header)).toEqual({ kind: "unusable" });
  }
});

test("a typo in either place is still a candidate, so that the answer can name it", () => {
  expect(readCredential(basic("pstn_live_typo:"))).toEqual({
    kind: "secret",
    secret: "pstn_live_typo",
  });
  expect(readCredential(basic(":"))).toEqual({ kind: "secret", secret: "" });
});

test("no header of any kind is more than a candidate", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (header) => {
      expect(["none", "unusable", "secret"]).toContain(readCredential(header).kind);
    }),
  );
});
