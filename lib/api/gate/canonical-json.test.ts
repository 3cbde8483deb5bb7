import { expect, test } from "vitest";
import { canonicalJson } from "@/lib/api/gate/canonical-json";

test.each([
  ['{"b":2,"a":1}', '{"a":1,"b":2}'],
  [' { "a" : [ 3, 1 ], "A": { "z": null, "y": true } } ', '{"A":{"y":true,"z":null},"a":[3,1]}'],
  ['{"10":1,"9":2,"a":3}', '{"10":1,"9":2,"a":3}'],
  ["[1.0, 1e2, -0, 0.5e-7]", "[1,100,0,5e-8]"],
  ['"\\u00e4\\/\\u000a"', '"ä/\\n"'],
  // The example of RFC 8785, section 3.2.3: sorted by UTF-16 units, not by code points.
  [
    '{"\\u20ac":"a","\\r":"b","\\ufb33":"c","1":"d","\\ud83d\\ude00":"e","\\u0080":"f","\\u00f6":"g"}',
    '{"\\r":"b","1":"d","\u0080":"f","ö":"g","€":"a","😀":"e","\ufb33":"c"}',
  ],
])("%s is written as %s", (given, written) => {
  expect(canonicalJson(JSON.parse(given))).toBe(written);
});

test("what means something else is written otherwise", () => {
  const texts = ["[1,2]", "[2,1]", '{"a":"1"}', '{"a":1}', '{"a":null}', "{}", "[]", "null", '""'];
  expect(new Set(texts.map((text) => canonicalJson(JSON.parse(text)))).size).toBe(texts.length);
});
