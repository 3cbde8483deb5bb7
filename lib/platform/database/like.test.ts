import { expect, test } from "vitest";
import { literally } from "@/lib/platform/database/like";

test.each([
  ["HubSpot", "HubSpot"],
  ["100%", "100\\%"],
  ["a_b", "a\\_b"],
  ["a\\b", "a\\\\b"],
])("%s is searched for as it stands", (text, pattern) => {
  expect(literally(text)).toBe(pattern);
});
