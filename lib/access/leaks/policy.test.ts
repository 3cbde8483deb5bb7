import { expect, test } from "vitest";
import { revokesAtOnce } from "@/lib/access/leaks/policy";

const READS = { environment: "live", scopes: ["contacts:read"] } as const;
const SENDS = { environment: "live", scopes: ["contacts:read", "emails:send"] } as const;
const CHANGES = { environment: "live", scopes: ["contacts:write"] } as const;
const TESTS = { environment: "test", scopes: ["emails:send"] } as const;

test("by default, live keys that can change or send are revoked", () => {
  const revoked = [READS, SENDS, CHANGES, TESTS].map((key) => revokesAtOnce("revoke_harmful", key));
  expect(revoked).toEqual([false, true, true, false]);
});

test("a workspace can have every key revoked, or none", () => {
  expect(revokesAtOnce("revoke_all", TESTS)).toBe(true);
  expect(revokesAtOnce("alert", SENDS)).toBe(false);
});
