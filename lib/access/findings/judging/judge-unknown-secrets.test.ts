import { expect, test } from "vitest";
import { judgeUse } from "@/lib/access/findings/judging/judge-key";
import type { KeyFacts, UnknownSecrets } from "@/lib/access/findings/judging/key-facts";
import type { KindWithFacts } from "@/lib/access/findings/kind/facts";
import { findingInWords } from "@/lib/access/findings/kind/words";
import { DAY_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { factsOfUse, keyFacts } from "@/lib/testing/key-facts";

const CALLER = "203.0.113.7";
const lastAt = later(now, -MINUTE_MS);

function sent(calls: number, secrets: number, hour: Partial<UnknownSecrets> = {}): UnknownSecrets {
  return { hour: later(now, -30 * MINUTE_MS), caller: CALLER, calls, secrets, lastAt, ...hour };
}

function judgedOf(
  unknownSecrets: UnknownSecrets[],
  facts: Partial<KeyFacts> = {},
  intended: KindWithFacts[] = [],
) {
  return judgeUse(keyFacts({ use: factsOfUse({ unknownSecrets, intended }), ...facts }), now);
}

const found = (...given: Parameters<typeof judgedOf>) =>
  judgedOf(...given).map(({ kind, degree, severity }) => `${kind} ${degree} ${severity}`);

const alike = { caller: "" };

test.each<[string, UnknownSecrets[], string[]]>([
  ["a wrong secret once or twice", [sent(19, 1)], []],
  ["two secrets, one after another", [sent(2, 2)], []],
  ["a wrong secret in a loop", [sent(20, 1)], ["unknown_secrets 1 soon"]],
  ["three secrets in three calls", [sent(3, 3)], ["unknown_secrets 1 soon"]],
  ["ten times as many", [sent(3, 3), sent(30, 30)], ["unknown_secrets 2 soon"]],
  ["a week ago", [sent(90, 90, { lastAt: later(now, -7 * DAY_MS) })], []],
  ["four that begin alike", [sent(400, 4, alike)], []],
  ["five that begin alike", [sent(5, 5, alike)], ["key_guessed 1 urgent"]],
  [
    "a known caller that guesses",
    [sent(50, 50), sent(50, 50, alike)],
    ["key_guessed 2 urgent", "unknown_secrets 2 soon"],
  ],
])("%s", (_, hours, kinds) => {
  expect(found(hours)).toEqual(kinds);
});

test("who guesses at a secret that was replaced since is no matter any more; a caller still is", () => {
  const secretSince = later(lastAt, 1);
  expect(found([sent(50, 50), sent(50, 50, alike)], { secretSince })).toEqual([
    "unknown_secrets 2 soon",
  ]);
});

test("what is meant to be so is usual, and a fifth more than that is not", () => {
  const facts = { from: now, to: now, calls: 100, secrets: 10, address: CALLER };
  const intended: KindWithFacts[] = [{ kind: "unknown_secrets", facts }];
  expect(found([sent(119, 11)], {}, intended)).toEqual([]);
  expect(found([sent(120, 11)], {}, intended)).toEqual(["unknown_secrets 1 soon"]);
  expect(found([sent(100, 12)], {}, intended)).toEqual(["unknown_secrets 1 soon"]);
});

test("it is said in words, with the threshold, and without the secrets", () => {
  const [stray] = judgedOf([sent(40, 12)]);
  const words = stray && findingInWords(stray, now);
  expect(words?.what).toContain(
    "In an hour, 40 calls from 203.0.113.7, from which this key is called, carried at least 12 different secrets that no key has",
  );
  expect(words?.rule).toContain("at least 3 different secrets");
  const [one] = judgedOf([sent(20, 1)]);
  expect(one && findingInWords(one, now).what).toContain("carried a secret that no key has");
  const [guess] = judgedOf([sent(60, 60, alike)]);
  expect(guess && findingInWords(guess, now).what).toContain("at least 60 different secrets");
});
