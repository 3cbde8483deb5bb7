import fc from "fast-check";
import { expect, test } from "vitest";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { findKeyInUrl, pathWithoutSecrets } from "@/lib/api/gate/key-in-url";
import { textWithoutSecrets } from "@/lib/platform/format/secret-text";
import { cpuMs } from "@/lib/testing/cpu-time";

const secret = generateSecret("test");

function encodedAll(text: string): string {
  return [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
}

test("a key is found wherever it stands in a URL, however it is encoded", () => {
  fc.assert(
    fc.property(fc.webPath(), fc.webQueryParameters(), fc.boolean(), (path, query, encode) => {
      const hidden = encode ? encodedAll(secret) : secret;
      expect(findKeyInUrl(`http://a${path}/${hidden}?${query}`)).toEqual({ secret });
      expect(findKeyInUrl(`http://a${path}?q=${hidden}`)).toEqual({ secret });
    }),
  );
});

test.each(["api_key", "API-KEY", "apikey", "access_token", "token", "key", "secret", "x-api-key"])(
  "?%s= is meant for a key",
  (name) => {
    expect(findKeyInUrl(`http://a/api/v1/me?a=1&${name}=whatever`)).toEqual({ secret: null });
  },
);

test.each([
  "http://a/api/v1/me",
  "http://a/api/v1/contacts?email=anna%2Bkey@example.com&limit=5",
  "http://a/api/v1/contacts/pstn_live_short",
  "http://a/api/v1/contacts/monkey@example.com?after=token",
])("%s has none", (url) => {
  expect(findKeyInUrl(url)).toBeNull();
});

test("what is kept of an address or a user agent has no key in it", () => {
  expect(pathWithoutSecrets(`/x/${secret}/y`)).toBe("/x/pstn_test_redacted/y");
  expect(pathWithoutSecrets(`/x/${encodedAll(secret)}`)).toBe("/x/pstn_test_redacted");
  expect(pathWithoutSecrets("/contacts/a%2Bb@example.com")).toBe("/contacts/a%2Bb@example.com");
  expect(textWithoutSecrets(`curl (${secret})`)).toBe("curl (pstn_test_redacted)");
});

test.each([
  ["glued to other text", `a${secret}_b`],
  ["encoded twice", encodedAll(secret).replaceAll("%", "%25")],
])("a key %s is found, and not kept", (_, hidden) => {
  expect(findKeyInUrl(`http://a/api/v1/contacts/${hidden}`)).toEqual({ secret });
  expect(pathWithoutSecrets(`/contacts/${hidden}`)).toMatch(
    /^\/contacts\/a?pstn_test_redacted(_b)?$/,
  );
});

const nearMiss = `pstn_live_${"a".repeat(37)}_`;
test.each(["_", "%", "%25", "%2570", "%61", "pstn_", "pstn_live_", nearMiss, "key-&"])(
  "100 000 characters of %s take no time",
  (piece) => {
    const text = `pstn_live_${piece.repeat(100_000 / piece.length)}`;
    const took = cpuMs(() => {
      findKeyInUrl(`http://a/api/v1/contacts/${text}`);
      findKeyInUrl(`http://a/api/v1/contacts?email=${text}`);
      pathWithoutSecrets(`/contacts/${text}`);
    });
    expect(took).toBeLessThan(500);
  },
);
