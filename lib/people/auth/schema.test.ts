import { expect, test } from "vitest";
import { accountEmail, newPassword, signInInput } from "@/lib/people/auth/schema";

test.each([
  ["eleven characters", "elevenchars", false],
  ["twelve", "twelve chars", true],
  ["twelve emoji, which are twelve characters", "🌱".repeat(12), true],
  ["eleven emoji", "🌱".repeat(11), false],
  ["1024", "x".repeat(1024), true],
  ["1025", "x".repeat(1025), false],
  ["a NUL", "password\0password", false],
  ["half an emoji", "password \ud83c password", false],
])("a new password of %s", (_, password, accepted) => {
  expect(newPassword.safeParse(password).success).toBe(accepted);
});

test("an email has one spelling", () => {
  expect(accountEmail.parse("  Mara@Example.COM ")).toBe("mara@example.com");
  expect(accountEmail.parse("\u200bMara@example.com\ufeff")).toBe("mara@example.com");
  const copied = accountEmail.safeParse("ma\u200bra@example.com");
  expect(copied.error?.issues[0]?.message).toContain("U+200B");
  for (const wrong of [
    "",
    "mara",
    "mara@",
    "a@b@example.com",
    "mara@exam ple.com",
    "mara@example.com\0",
  ]) {
    expect(accountEmail.safeParse(wrong).success).toBe(false);
  }
});

test("what is not text is refused, and so are fields that nobody asked for", () => {
  const input = { email: "mara@example.com", password: "p" };
  expect(signInInput.safeParse(input).success).toBe(true);
  expect(signInInput.safeParse({ ...input, email: { not: "" } }).success).toBe(false);
  expect(signInInput.safeParse({ ...input, role: "owner" }).success).toBe(false);
});
