import { describe, expect, test } from "vitest";
import { INCOMPLETE_MAILBOXES } from "@/lib/testing/incomplete-mailboxes";
import { campaignDraftInput, createCampaignInput, mailboxesIn } from "./schema";

const DRAFT = {
  name: "Sale",
  audienceId: "aud_1",
  from: "Acme <hello@acme.example>",
  replyTo: "",
  subject: "Sale",
  html: "<p>Sale</p>",
  text: "",
  environment: "live",
};

describe("where answers go", () => {
  test.each([
    ["", []],
    [" , ", []],
    ["help@acme.example", ["help@acme.example"]],
    ["a@acme.example, Bo <b@acme.example>,", ["a@acme.example", "Bo <b@acme.example>"]],
    ['"Doe, John" <john@acme.example>', ['"Doe, John" <john@acme.example>']],
    [
      '"Doe \\"J, Jr\\"" <john@acme.example>, a@acme.example',
      ['"Doe \\"J, Jr\\"" <john@acme.example>', "a@acme.example"],
    ],
  ])("%j names %j", (line, addresses) => {
    expect(mailboxesIn(line)).toEqual(addresses);
    expect(campaignDraftInput.safeParse({ ...DRAFT, replyTo: line }).success).toBe(true);
  });

  test.each([
    "help",
    "a@acme.example b@acme.example",
    "a@acme.example, nobody",
    ...INCOMPLETE_MAILBOXES,
    ...INCOMPLETE_MAILBOXES.map((mailbox) => `a@acme.example, ${mailbox}`),
    '"a@acme.example',
    'a@acme.example, "',
    'a@acme.example, "b@acme.example',
    'a@acme.example\\", b@acme.example',
    "a@acme.example\r\nBcc: all@acme.example",
    Array.from({ length: 11 }, (_, at) => `a${at}@acme.example`).join(","),
  ])("%j is refused beside its field", (line) => {
    const parsed = campaignDraftInput.safeParse({ ...DRAFT, replyTo: line });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["replyTo"]]);
  });
});

test.each(INCOMPLETE_MAILBOXES)("%j is no sender and no reply-to of a campaign", (mailbox) => {
  const draft = { name: "Sale", audience_id: "aud_1", subject: "Sale", html: "<p>Sale</p>" };
  const from = "hello@acme.example";
  for (const [field, input] of [
    ["from", { ...draft, from: mailbox }],
    ["reply_to", { ...draft, from, reply_to: mailbox }],
    ["reply_to", { ...draft, from, reply_to: ["a@acme.example", mailbox] }],
  ] as const) {
    expect(createCampaignInput.safeParse(input).error?.issues[0]?.path[0]).toBe(field);
  }
});
