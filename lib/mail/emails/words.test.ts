import { expect, test } from "vitest";
import { eventInWords, STATUS_LABELS } from "@/lib/mail/emails/words";
import { EmailStatus } from "@/prisma/generated/enums";

test.each(["test", "no_mail_server"] as const)(
  "what stays here (%s) is never “Delivered”",
  (captured) => {
    const { title, explanation } = eventInWords("delivered", { captured });
    expect(title).toBe("Kept here");
    expect(`${title} ${explanation}`).not.toMatch(/deliver/i);
    expect(explanation).toContain("Outbox");
  },
);

test("an email that is only accepted is not said to be on its way", () => {
  expect(eventInWords("queued", {}).title).toBe("Accepted");
});

test.each(Object.values(EmailStatus))("%s has words, as a status and as an event", (status) => {
  expect(STATUS_LABELS[status]).not.toBe("");
  expect(eventInWords(status, {}).title).not.toBe("");
});

test("an email that failed says why", () => {
  const reason = "Line 2 of the HTML: “contact.city” is not known.";
  expect(eventInWords("failed", { reason })).toEqual({ title: "Not sent", explanation: reason });
});
