import { expect, test } from "vitest";
import { generateSecret, hashSecret } from "@/lib/access/api-keys/key/secret";
import {
  NAMES_MAX,
  SECRETS_MAX,
  UnknownCalls,
} from "@/lib/access/findings/unknown-secrets/unknown-calls";
import { HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { TEST_NOON as noon } from "@/lib/testing/api-keys";

const at = later(noon, 5 * MINUTE_MS);
const someHash = () => hashSecret(generateSecret("live"));

/** Counts a call under each name, all with different secrets but for `hash`. */
function counted(names: readonly string[], hash?: string, calls = new UnknownCalls()) {
  for (const name of names) calls.count({ name, hash: hash ?? someHash(), at });
  return calls;
}

const times = (count: number, name = "203.0.113.7") => Array.from({ length: count }, () => name);

test("calls count by name and hour, and a secret that comes again counts once", () => {
  const calls = counted(times(3), someHash());
  counted(times(2), undefined, calls);
  calls.count({ name: "203.0.113.7", hash: someHash(), at: later(noon, -MINUTE_MS) });
  expect(calls.waiting()).toEqual([
    { name: "203.0.113.7", hour: noon, calls: 5, secrets: 3, lastAt: at },
    {
      name: "203.0.113.7",
      hour: later(noon, -HOUR_MS),
      calls: 1,
      secrets: 1,
      lastAt: later(noon, -MINUTE_MS),
    },
  ]);
});

test("what is stored is counted no more, and its secrets are still known", () => {
  const calls = new UnknownCalls();
  const hash = someHash();
  counted(times(4), hash, calls);
  const stored = calls.waiting();
  counted(times(1), hash, calls);
  calls.settle(stored, new Set(["203.0.113.7"]), at);
  expect(calls.waiting()).toMatchObject([{ calls: 1, secrets: 1 }]);
});

test("a flood of names takes the place of others until it is stored, and no more memory", () => {
  const flood = Array.from({ length: NAMES_MAX + 50 }, (_, n) => `stranger ${n}`);
  const calls = counted(flood);
  counted(times(1), undefined, calls);
  const stored = calls.waiting();
  expect(stored).toHaveLength(NAMES_MAX);
  calls.settle(stored, new Set(), at);
  counted(times(1), undefined, calls);
  expect(calls.waiting()).toMatchObject([{ name: "203.0.113.7", calls: 1 }]);
});

test("of one name so many secrets are told apart, and all calls are counted", () => {
  const calls = counted(times(SECRETS_MAX + 20));
  expect(calls.waiting()).toMatchObject([{ calls: SECRETS_MAX + 20, secrets: SECRETS_MAX }]);
});

test("an hour that is over is forgotten once it is stored, also of a name that is kept", () => {
  const calls = counted(times(2));
  const stored = calls.waiting();
  calls.settle(stored, new Set(["203.0.113.7"]), later(noon, HOUR_MS));
  counted(times(1), undefined, calls);
  expect(calls.waiting()).toMatchObject([{ calls: 1, secrets: 1 }]);
});
