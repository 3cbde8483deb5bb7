import { expect, test } from "vitest";
import { canonicalJson } from "@/lib/access/audit-log/chain/canonical-json";

test("names stand in order, at every depth, and nothing stands between them", () => {
  const value = { b: [{ z: 1, a: null }, "x"], "": true, aa: {}, B: [] };
  expect(canonicalJson(value)).toBe('{"":true,"B":[],"aa":{},"b":[{"a":null,"z":1},"x"]}');
});

test("texts are written as RFC 8785 asks", () => {
  // Section 3.2.2.2: short escapes where there are any, small letters in the others, nothing else escaped.
  const text = '€$\u000f\nA\'B"\\\\"/\u2028 \u007f😀';
  expect(canonicalJson(text)).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028 \u007f😀"');
});
