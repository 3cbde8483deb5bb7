import { describe, expect, test } from "vitest";
import { isAboutMailbox, kindOfRefusal, withoutEmails } from "@/lib/mail/emails/refusals";

describe("a refusal for good", () => {
  test.each([
    "550 5.1.1 No such user",
    "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 NoSuchUser",
    "550 User unknown",
    "550 Unknown user",
    "550 No such user here",
    "550 no such mailbox",
    "550 Mailbox not found",
    "553 Mailbox name invalid",
    "551 User not local",
    "550 5.2.1 Mailbox disabled",
    "550 This account has been disabled",
    "550 Mailbox disabled for this recipient",
    "550 sorry, no mailbox here by that name (#5.1.1 - chkuser)",
    "550 #5.1.0 Address rejected.",
    "550 5.1.1 <anna@example.com>: Recipient address rejected: User unknown in relay recipient table",
    "550 5.1.2 Host unknown",
    "556 5.1.10 Recipient address has null MX",
    "550 5.0.0 User unknown",
    "554 delivery error: dd This user doesn't have a yahoo.com account",
    "550 Recipient address anna@example.com does not exist",
    "550 Invalid recipient",
  ])("is about the mailbox: %s", (response) => {
    expect(isAboutMailbox(response)).toBe(true);
  });

  test.each([
    "550 relay not permitted",
    "550 5.7.1 relay not permitted",
    "550 5.7.1 Relaying denied",
    "551 we do not relay",
    "554 5.7.1 <anna@example.com>: Relay access denied",
    "550 5.7.1 Service unavailable; client host [203.0.113.9] blocked using zen.spamhaus.org",
    "550 203.0.113.9 listed at zen.spamhaus.org",
    "550 5.1.1 203.0.113.9 listed at dnsbl.example",
    "550 your host is on a blocklist",
    "550 Your host is on a blacklist: user unknown to it",
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    "553 sorry, that domain isn't in my list of allowed rcpthosts",
    "550-Verification failed for <shop@example.com>\n550-No Such User Here\n550 Sender verify failed",
    "550 5.1.8 Sender address rejected: Domain not found",
    "550 5.1.7 Sender mailbox does not exist",
    "550 5.1.0 Sender denied",
    "550 Your account has been disabled",
    "550 SPF check failed: mailbox not found in policy",
    "530 5.7.0 Authentication required",
    "552 5.2.2 Mailbox full",
    "550 Mailbox full",
    "554 5.7.1 Blocked by policy",
    "554 Transaction failed",
    "550 Requested action not taken: mailbox unavailable",
    "550 Rejected",
    "550",
    "",
  ])("says nothing against the recipient: %j", (response) => {
    expect(isAboutMailbox(response)).toBe(false);
  });
});

test("refusals of one kind differ only in emails, addresses and numbers", () => {
  const kind = kindOfRefusal("550 5.7.1 <anna@example.com>: relay not permitted (id 1kX9)");
  expect(kindOfRefusal("550 5.7.1 <bo@example.org>: Relay not permitted (id 7yPq2)")).toBe(kind);
  expect(kindOfRefusal("550 5.7.1 <bo@example.org>: listed at 203.0.113.9")).not.toBe(kind);
});

test("a record of a refusal names nobody", () => {
  const text = withoutEmails("554 5.7.1 <anna@example.com>: Relay access denied");
  expect(text).toBe("554 5.7.1 … Relay access denied");
});
