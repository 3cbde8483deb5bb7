import fc from "fast-check";
import { expect, test } from "vitest";
import "@/lib/testing/test-settings";
import { authOptions } from "@/lib/auth/next-auth";

const BASE = "http://localhost:3000";

function optionsFor(headers: Record<string, string> = {}) {
  return authOptions(new Headers(headers), () => {});
}

test("cookies are for https only where the edge says https", () => {
  expect(optionsFor({ "x-forwarded-proto": "https" }).useSecureCookies).toBe(true);
  expect(optionsFor({ "x-forwarded-proto": "http" }).useSecureCookies).toBe(false);
  expect(optionsFor().useSecureCookies).toBe(false);
});

test("whatever callbackUrl is asked for, it stays on this origin", () => {
  const redirect = optionsFor().callbacks?.redirect;
  if (!redirect) throw new Error("no redirect callback");
  const start = fc.constantFrom(
    "",
    BASE,
    `${BASE}/`,
    `${BASE}@`,
    `${BASE}.`,
    "//",
    "/\\",
    "javascript:",
    "https://",
    "%2f%2f",
  );
  fc.assert(
    fc.asyncProperty(start, fc.string(), async (before, after) => {
      const target = await redirect({ url: `${before}${after}`, baseUrl: BASE });
      expect(new URL(target).origin).toBe(BASE);
    }),
  );
});

test("a token carries the session's claims and nothing else, whatever was in it", async () => {
  const jwt = optionsFor().callbacks?.jwt;
  const claims = { userId: "usr_1", sessionId: "ses_1", sessionVersion: 1 };
  const given = { token: { ...claims, role: "owner", name: "Mara" } };
  expect(await jwt?.(given as never)).toEqual(claims);
  expect(await jwt?.({ token: {}, user: { id: "usr_1", claims } } as never)).toEqual(claims);
  expect(await jwt?.({ token: { sub: "usr_1" } } as never)).toEqual({});
});
