import { expect, test } from "vitest";
import { authOptions } from "@/lib/people/auth/next-auth";

function optionsFor(headers: Record<string, string> = {}) {
  return authOptions(new Headers(headers), () => {});
}

test("cookies are for https only where the edge says https", () => {
  expect(optionsFor({ "x-forwarded-proto": "https" }).useSecureCookies).toBe(true);
  expect(optionsFor({ "x-forwarded-proto": "http" }).useSecureCookies).toBe(false);
  expect(optionsFor().useSecureCookies).toBe(false);
});

test("a token carries the session's claims and nothing else, whatever was in it", async () => {
  const jwt = optionsFor().callbacks?.jwt;
  const claims = { userId: "usr_1", sessionId: "ses_1", sessionVersion: 1 };
  const given = { token: { ...claims, role: "owner", name: "Mara" } };
  expect(await jwt?.(given as never)).toEqual(claims);
  expect(await jwt?.({ token: {}, user: { id: "usr_1", claims } } as never)).toEqual(claims);
  expect(await jwt?.({ token: { sub: "usr_1" } } as never)).toEqual({});
});
