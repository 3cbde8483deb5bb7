import fc from "fast-check";
import { expect, test } from "vitest";
import {
  generateSecret,
  hashSecret,
  hintOf,
  isWellFormedSecret,
  SECRET_PATTERN,
  toStorable,
} from "@/lib/access/api-keys/key/secret";

const environment = fc.constantFrom("live" as const, "test" as const);

test("every generated secret is well formed and found whole in other text", () => {
  fc.assert(
    fc.property(environment, fc.string(), fc.string(), (env, before, after) => {
      const secret = generateSecret(env);
      expect(secret).toMatch(/^pstn_(live|test)_[0-9A-Za-z]{38}$/);
      expect(isWellFormedSecret(secret)).toBe(true);
      expect(`${before} ${secret} ${after}`.match(SECRET_PATTERN)).toContain(secret);
    }),
  );
});

test("one changed character is always told apart", () => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  fc.assert(
    fc.property(environment, fc.nat(37), fc.constantFrom(...alphabet), (env, at, character) => {
      const secret = generateSecret(env);
      const position = "pstn_live_".length + at;
      fc.pre(secret[position] !== character);
      const typo = secret.slice(0, position) + character + secret.slice(position + 1);
      expect(isWellFormedSecret(typo)).toBe(false);
    }),
  );
});

test("text that is not a secret is never taken for one", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(isWellFormedSecret(text)).toBe(false);
    }),
  );
  expect(isWellFormedSecret(`${generateSecret("live")}\n`)).toBe(false);
  expect(isWellFormedSecret(generateSecret("live").replace("pstn_live", "pstn_test"))).toBe(false);
});

test("no two secrets are alike, and every character of the alphabet turns up", () => {
  const secrets = Array.from({ length: 2_000 }, () => generateSecret("live"));
  expect(new Set(secrets).size).toBe(2_000);
  const random = secrets.map((secret) => secret.slice(10, 42)).join("");
  expect(new Set(random).size).toBe(62);
});

test("what is stored does not contain the secret", () => {
  const secret = generateSecret("test");
  const stored = toStorable(secret);
  expect(stored).toEqual({
    hash: hashSecret(secret),
    lastFour: secret.slice(-4),
    firstFour: secret.slice(10, 14),
  });
  expect(stored.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hintOf("test", stored.lastFour)).toBe(`pstn_test_…${secret.slice(-4)}`);
});

test.each([
  [
    "live",
    "pstn_live_iFKXyal3R0K07SFEON9vEykOzVouZPHQ0Xvtbi",
    "46a1e193b9a2bf322a9d45956e34f8fc0cb2442f4ce7ef42be70bb15aa70c998",
    "pstn_live_…vtbi",
  ],
  [
    "test",
    "pstn_test_8ZOvKuo2kMaTSrVoAoqTTwdsbT1RVM9O4Fz8EW",
    "60cc37d3713ac76b161c405bca2f6484a0a07b5a9694e782ed8599c9d323c94c",
    "pstn_test_…z8EW",
  ],
] as const)("a %s secret made in November 2026 is still one", (env, secret, hash, hint) => {
  expect(isWellFormedSecret(secret)).toBe(true);
  expect(hashSecret(secret)).toBe(hash);
  expect(toStorable(secret)).toMatchObject({ hash, lastFour: hint.slice(-4) });
  expect(hintOf(env, secret.slice(-4))).toBe(hint);
  expect(`my ${secret} key`.match(SECRET_PATTERN)).toEqual([secret]);
});
