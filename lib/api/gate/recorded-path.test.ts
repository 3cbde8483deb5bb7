import { expect, test } from "vitest";
import { recordedPath } from "@/lib/api/gate/recorded-path";

test.each([
  ["/contacts/anna@example.com", "/contacts/{email}"],
  ["/contacts/anna%40example.com/audiences/aud_1", "/contacts/{email}/audiences/aud_1"],
  ["/contacts/anna%2540example.com", "/contacts/{email}"],
  ["/audiences/aud_1/contacts/ANNA%2BTEA%40EXAMPLE.COM", "/audiences/aud_1/contacts/{email}"],
  ["/nowhere/a@b/c@d", "/nowhere/{email}/{email}"],
  ["/contacts/con_01jd9", "/contacts/con_01jd9"],
  ["/contacts/100%", "/contacts/100%"],
  ["/me", "/me"],
])("%s is kept as %s", (path, kept) => {
  expect(recordedPath(path)).toBe(kept);
});

test("an email at the edge of what is kept leaves nothing of it", () => {
  const path = `/${"x".repeat(505)}/anna@example.com`;
  expect(recordedPath(path)).toHaveLength(512);
  expect(recordedPath(path)).not.toContain("anna");
});
