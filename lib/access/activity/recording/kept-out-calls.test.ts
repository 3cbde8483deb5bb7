import { beforeEach, expect, test } from "vitest";
import { KeptOutCalls, STORED_A_MINUTE } from "@/lib/access/activity/recording/kept-out-calls";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { aRequest } from "@/lib/testing/activity-records";

const START = new Date("2026-11-29T12:00:00Z");

let rows: RequestRecord[];
let calls: KeptOutCalls;

beforeEach(() => {
  rows = [];
  calls = new KeptOutCalls((stored) => rows.push(...stored));
});

const revoked = { status: 401, code: "revoked_api_key", authenticated: false };

function storedOf(times: number, facts: Parameters<typeof aRequest>[0]): number {
  let stored = 0;
  for (let at = 0; at < times; at += 1) {
    if (calls.isToStore(aRequest({ keyId: "key_a", at: START, ...facts }))) stored += 1;
  }
  return stored;
}

test.each([
  ["revoked", revoked],
  ["expired", { ...revoked, code: "expired_api_key" }],
  ["frozen", { ...revoked, code: "frozen_api_key" }],
  ["paused", { ...revoked, code: "paused_api_key" }],
  ["from a wrong address", { ...revoked, status: 403, code: "ip_not_allowed" }],
  ["beside the API", { ...revoked, status: 404, code: "not_found" }],
  ["over its limit", { status: 429, code: "rate_limit_exceeded", authenticated: true }],
])(
  "of a flood of calls of a key that is %s, the first are stored and the rest counted",
  (_, facts) => {
    expect(storedOf(41_261, facts)).toBe(STORED_A_MINUTE);
    calls.flush(START);
    expect(rows).toMatchObject([{ ...facts, repeats: 41_200 }]);
    calls.flush(START);
    expect(rows).toHaveLength(1);
  },
);

test("each key and each outcome has its own number, and each minute begins a new one", () => {
  storedOf(STORED_A_MINUTE, revoked);
  expect(storedOf(1, { ...revoked, code: "ip_not_allowed" })).toBe(1);
  expect(storedOf(1, { ...revoked, keyId: "key_b" })).toBe(1);
  expect(storedOf(3, { ...revoked, at: later(START, 30 * SECOND_MS) })).toBe(0);
  calls.flush(later(START, 40 * SECOND_MS));
  expect(storedOf(1, { ...revoked, at: later(START, 50 * SECOND_MS) })).toBe(0);
  expect(storedOf(100, { ...revoked, at: later(START, MINUTE_MS) })).toBe(STORED_A_MINUTE);
  // The next minute begins by storing the counts of the last one.
  expect(rows.map(({ repeats }) => repeats)).toEqual([2, 0]);
});

test.each([
  ["works", { status: 200, code: null, authenticated: true }],
  ["lacks a permission", { status: 403, code: "insufficient_scope", authenticated: true }],
  ["meets a failure of ours", { status: 503, code: "service_unavailable", authenticated: false }],
])("every call of a key that %s is stored", (_, facts) => {
  expect(storedOf(1_000, facts)).toBe(1_000);
});
