import { expect, test } from "vitest";
import { generateSecret, hashSecret } from "@/lib/access/api-keys/key/secret";
import { cluesIn, isWithoutClue } from "@/lib/access/key-lookup/clues";

const secret = generateSecret("live");

test.each([
  ["alone", secret],
  ["with spaces around it", `  ${secret}\n`],
  ["in a scanner's JSON", JSON.stringify([{ token: secret, url: "https://github.com/a/b" }])],
  ["in a line of code", `const KEY='${secret}'; // CRM`],
  ["twice", `${secret} ${secret}`],
])("a whole secret %s is a clue by its hash, and by nothing else", (_, text) => {
  expect(cluesIn(text)).toEqual({ hashes: [hashSecret(secret)], beginnings: [], endings: [] });
});

test("a secret cut short, or mistyped, is a clue by its beginning", () => {
  const beginnings = [{ environment: "live", four: secret.slice(10, 14) }];
  expect(cluesIn(secret.slice(0, 14))).toMatchObject({ hashes: [], beginnings });
  expect(cluesIn(secret.slice(0, 30))).toMatchObject({ hashes: [], beginnings });
  const mistyped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0");
  expect(cluesIn(mistyped)).toMatchObject({ hashes: [], beginnings });
});

test.each(["pstn_test_…x7Qd", "pstn_test_...x7Qd", "pstn_test_************x7Qd"])(
  "the hint %s is a clue by its end",
  (hint) => {
    expect(cluesIn(`found ${hint} in a chat`)).toEqual({
      hashes: [],
      beginnings: [],
      endings: [{ environment: "test", four: "x7Qd" }],
    });
  },
);

test("other text has no clue", () => {
  expect(isWithoutClue(cluesIn("sk_live_4eC39HqLyjWDarjtT1zdp7dc"))).toBe(true);
  expect(isWithoutClue(cluesIn("pstn_live_abc"))).toBe(true);
});

test("a dump of many secrets is looked up by its first twenty", () => {
  const dump = Array.from({ length: 50 }, () => generateSecret("live"));
  expect(cluesIn(dump.join("\n")).hashes).toEqual(dump.slice(0, 20).map(hashSecret));
  const cut = dump.map((one) => one.slice(0, 20));
  expect(cluesIn(cut.join("\n")).beginnings).toHaveLength(20);
});
