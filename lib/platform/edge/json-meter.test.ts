import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonMeter, MAX_DEPTH, MAX_VALUES } from "@/lib/platform/edge/json-meter";
import { cpuMs } from "@/lib/testing/cpu-time";

const read = (text: string, maxValues = 250_000) =>
  new JsonMeter(maxValues).read(Buffer.from(text));
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const list = (entry: string, times: number) => `[${Array(times).fill(entry).join()}]`;

test("depth is counted as it grows, not by how many brackets there are", () => {
  expect(read(nested(MAX_DEPTH))).toBeNull();
  expect(read(nested(MAX_DEPTH + 1))).toBe("too deep");
  expect(read("[".repeat(100_000))).toBe("too deep");
  expect(read(list("{}", 5_000))).toBeNull();
});

test("values are counted, in the whole and in one entry", () => {
  expect(read(list("0", 10), 9)).toBe("too many values");
  expect(read(list("0", 10), 10)).toBeNull();
  expect(read(list("[0,0,0]", 1_000), 3_999)).toBe("too many values");
  expect(read(`{"a":${list("0", MAX_VALUES + 1)}}`)).toBe("too large an entry");
  expect(read(`[${list("0", MAX_VALUES)}]`)).toBe("too large an entry");
  // Many entries of a fair size are a batch.
  expect(read(`[${Array(20).fill(list("0", 5_000)).join()}]`)).toBeNull();
  // Entries that hold nothing are values too.
  expect(read(list("0", MAX_VALUES * 2))).toBeNull();
});

test("bytes in lists count apart, where a route takes files that way", () => {
  const take = (text: string, listed: number) =>
    new JsonMeter(1_000, listed).read(Buffer.from(text));
  const file = `{"content":${list("255", 50_000)}}`;
  expect(take(file, 50_000)).toBeNull();
  expect(take(file, 49_000)).toBe("too many listed bytes");
  expect(take(`{"content":{"type":"Buffer","data":${list(" 7 ", 50_000)}}}`, 50_000)).toBeNull();
  expect(read(file)).toBe("too large an entry");
  for (const value of ["1234", "1.5", "-1", '"1"', "null", "[]", '{"1":1}', "1e1"]) {
    expect(take(`{"a":${list(value, 5_000)}}`, 50_000), value).toBe("too many values");
  }
  const members = Array.from({ length: 5_000 }, (_, at) => `"${at}":1`).join();
  expect(take(`{${members}}`, 50_000)).toBe("too many values");
});

test("what stands in a text is no value", () => {
  expect(read(`["${",[{".repeat(100_000)}"]`, 2)).toBeNull();
  expect(read(`["\\"${",".repeat(100)}\\\\"]`, 2)).toBeNull();
  expect(read(`["\\\\",0,0]`, 2)).toBe("too many values");
});

test("the count is that of the parser, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(20), (value, size) => {
      const bytes = Buffer.from(JSON.stringify(value));
      const fits = (maxValues: number) => {
        const meter = new JsonMeter(maxValues);
        for (let at = 0; at < bytes.length; at += size + 1) {
          if (meter.read(bytes.subarray(at, at + size + 1))) return false;
        }
        return true;
      };
      const most = valuesIn(value);
      expect(fits(most)).toBe(true);
      if (most > 0) expect(fits(most - 1)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

/** The values in a value, and the pair of brackets of each that holds none. */
function valuesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  return inner.length === 0 ? 1 : inner.reduce((sum: number, one) => sum + 1 + valuesIn(one), 0);
}

test.each(["A", "\\n", '""', "]", " ", '\\"'])("16 MB of %j are counted in a moment", (bit) => {
  const bytes = Buffer.from(`"${bit.repeat(16_000_000 / bit.length)}`);
  expect(cpuMs(() => new JsonMeter(1).read(bytes))).toBeLessThan(250);
});
