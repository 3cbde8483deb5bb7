import { expect, test } from "vitest";
import { sendEmailInput } from "@/lib/mail/emails/schema";

const EMAIL = { from: "a@example.com", to: "b@example.com", subject: "Tea", text: "Tea" };

function refusalOf(name: string, value: string): string | undefined {
  const parsed = sendEmailInput.safeParse({ ...EMAIL, headers: { [name]: value } });
  const issue = parsed.error?.issues[0];
  if (issue) expect(issue.path).toEqual(["headers", name]);
  return issue?.message;
}

test.each([
  ["X-Order", "x".repeat(990)],
  ["X-Order", "words and words ".repeat(100)],
  ["X-Order", "ö".repeat(1_900)],
  ["References", `<${"a".repeat(60)}@example.com> `.repeat(20).trim()],
  ["List-Unsubscribe", `<mailto:a@example.com>, <https://example.com/${"u".repeat(900)}>`],
  ["List-Id", "Größe <a.example.com>"],
])("%s: %.40s… is taken", (name, value) => {
  expect(refusalOf(name, value)).toBeUndefined();
});

test.each([
  ["X-Order", "x".repeat(991)],
  ["X-Order", `${"x".repeat(1_000)} and words`],
  ["X-Order", `words ${"x".repeat(1_000)}`],
  ["References", `<${"a".repeat(1_000)}@example.com>`],
  ["References", `<${"a ".repeat(998)}@x>`],
  ["In-Reply-To", "<größe@example.com>"],
  ["List-Unsubscribe", `<https://example.com/${"u".repeat(990)}>`],
  ["list-unsubscribe", `<https://example.com/>, ${"<https://example.com/u>, ".repeat(50)}`],
  ["List-Unsubscribe", "<https://example.com/größe>"],
])("%s: %.40s… is refused", (name, value) => {
  expect(refusalOf(name, value)).toMatch(/^(Put a space|Use at most|Use ASCII)/);
});
