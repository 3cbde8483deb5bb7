import fc from "fast-check";
import { expect, test } from "vitest";
import { HOME_PATH, pathToReturnTo, safePath } from "@/lib/people/auth/safe-path";
import { cpuMs } from "@/lib/testing/cpu-time";

const ORIGIN = "https://keys.example.com";

test.each(["/settings/activity?key=key_1&status=4xx#latest", "/settings/api-keys/key_01h", "/"])(
  "%s is a page of ours",
  (path) => {
    expect(safePath(path)).toBe(path);
  },
);

test.each([
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/x/..//evil.example",
  "/%2e//evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,x",
  "settings",
  "",
  "/\0",
  null,
  undefined,
  42,
  ["/settings"],
])("%j leads home instead", (wanted) => {
  expect(safePath(wanted)).toBe(HOME_PATH);
});

test("an encoded slash stays encoded, so it cannot become a host", () => {
  expect(safePath("/%2fevil.example")).toBe("/%2fevil.example");
  expect(new URL(safePath("/%5cevil.example"), ORIGIN).origin).toBe(ORIGIN);
});

test("whatever is asked for, a browser that follows it stays here", () => {
  const nasty = fc.constantFrom(
    "/",
    "\\",
    ":",
    "//",
    "@",
    "?",
    "#",
    "%2f",
    "%5c",
    "..",
    ".",
    "\t",
    "\n",
    "\r",
    "\0",
    " ",
    "javascript:",
    "https:",
    "evil.example",
    "http://evil.example",
  );
  const paths = fc.array(fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 8 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(paths, fc.boolean(), (parts, rooted) => {
      const result = safePath((rooted ? "/" : "") + parts.join(""));
      expect(result.startsWith("/")).toBe(true);
      expect(new URL(result, ORIGIN).origin).toBe(ORIGIN);
      expect(safePath(result)).toBe(result);
    }),
    { numRuns: 3_000 },
  );
});

test("the page to come back to is without what Next adds, and no address takes long to look at", () => {
  expect(pathToReturnTo("/settings/activity?q=a&_rsc=1x2y3")).toBe("/settings/activity?q=a");
  expect(pathToReturnTo("/settings/members?_rsc=1x2y3")).toBe("/settings/members");
  expect(pathToReturnTo("/settings/members?_rsc=kept&q=a")).toBe("/settings/members?_rsc=kept&q=a");
  const hostile = `/x${"?_rsc=".repeat(50_000)}&`;
  expect(cpuMs(() => pathToReturnTo(hostile))).toBeLessThan(500);
});
