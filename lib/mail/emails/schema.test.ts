import { describe, expect, test } from "vitest";
import { sendEmailInput } from "@/lib/mail/emails/schema";
import { INCOMPLETE_MAILBOXES } from "@/lib/testing/incomplete-mailboxes";

const EMAIL = {
  from: "shop@example.com",
  to: "anna@example.com",
  subject: "Order",
  text: "Thanks",
};

describe.each(["from", "to", "cc", "bcc", "reply_to"])("%s", (field) => {
  test.each(["", " ", ...INCOMPLETE_MAILBOXES])("is refused as %j", (mailbox) => {
    const parsed = sendEmailInput.safeParse({ ...EMAIL, [field]: mailbox });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });
});

test("an incomplete address among others is named by its place", () => {
  for (const field of ["to", "cc", "bcc", "reply_to"]) {
    const parsed = sendEmailInput.safeParse({ ...EMAIL, [field]: ["bo@example.com", "jörg@"] });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([[field, 1]]);
  }
});
