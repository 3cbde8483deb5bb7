import { expect, test } from "vitest";
import { authOptions } from "@/lib/people/auth/next-auth";
import { sealSessionToken } from "@/lib/people/auth/session-token";
import { env } from "@/lib/platform/env";

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

test("a sign-out ends a session whose cookie the previous secret sealed", async () => {
  const claims = { userId: "usr_1", sessionId: "ses_1", sessionVersion: 1 };
  const token = await sealSessionToken(claims);
  const secret = env().AUTH_SECRET;
  Object.assign(env(), {
    AUTH_SECRET: "another one, long enough for anybody",
    AUTH_SECRET_PREVIOUS: secret,
  });
  try {
    const { jwt, secret: present = "" } = optionsFor();
    expect(await jwt?.decode?.({ token, secret: present })).toMatchObject(claims);
    Object.assign(env(), { AUTH_SECRET_PREVIOUS: undefined });
    expect(await jwt?.decode?.({ token, secret: present })).toBeNull();
  } finally {
    Object.assign(env(), { AUTH_SECRET: secret, AUTH_SECRET_PREVIOUS: undefined });
  }
});
