import { expect, test } from "vitest";
import { programOf } from "@/lib/access/activity/recording/program";

test.each([
  ["HubSpot-Sync/3.1", "hubspot-sync"],
  ["Shopware/6.6 (order-mails)", "shopware"],
  ["Google-Looker-Studio", "google-looker-studio"],
  ["recommendations/1.9 node-fetch", "recommendations"],
  ["", ""],
])("%s is %s", (userAgent, program) => {
  expect(programOf(userAgent)).toBe(program);
});

test("a name is cut, and half a character goes", () => {
  expect(programOf("x".repeat(400))).toHaveLength(60);
  expect(programOf(`${"x".repeat(59)}\u{1f511}`)).toBe(`${"x".repeat(59)}\ufffd`);
});
