import { expect, test } from "vitest";
import { faultInWords, faultOfPlace, missing } from "@/lib/access/audit-log/chain/faults";

const last = { number: 811, hash: "aa" };

test.each([
  [{ number: 812, previousHash: "aa" }, null],
  [{ number: 812, previousHash: "bb" }, "Entry #812 does not continue from the one before: one"],
  [{ number: 813, previousHash: "aa" }, "Entry #812 is missing."],
  [{ number: 1_816, previousHash: "aa" }, "Entries #812 to #1,815 are missing."],
  [{ number: 811, previousHash: "aa" }, "Entry aev_1 was not written by Postern"],
  [{ number: 0, previousHash: "" }, "Entry aev_1 was not written by Postern"],
])("%o after #811", (place, words) => {
  const fault = faultOfPlace({ id: "aev_1", ...place }, last);
  if (words === null) expect(fault).toBeNull();
  else expect(fault && faultInWords(fault)).toContain(words);
});

test("an entry that was changed, and an end that was", () => {
  const place = { number: 1_204, eventId: "aev_1" };
  expect(faultInWords({ kind: "changed", ...place })).toBe(
    "Entry #1,204 was changed after it was written.",
  );
  expect(faultInWords({ kind: "end", ...place })).toContain("entry #1,204 is not the last");
  expect(faultInWords(missing(5, 6))).toBe("Entries #5 to #6 are missing.");
});
