import { describe, expect, test } from "vitest";
import { campaignDraftInput, mailboxesIn } from "./schema";

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
  ])("%j names %j", (line, addresses) => {
    expect(mailboxesIn(line)).toEqual(addresses);
    expect(campaignDraftInput.safeParse({ ...DRAFT, replyTo: line }).success).toBe(true);
  });

  test.each([
    "help",
    "a@acme.example b@acme.example",
    "a@acme.example, nobody",
    "a@acme.example\r\nBcc: all@acme.example",
    Array.from({ length: 11 }, (_, at) => `a${at}@acme.example`).join(","),
  ])("%j is refused beside its field", (line) => {
    const parsed = campaignDraftInput.safeParse({ ...DRAFT, replyTo: line });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["replyTo"]]);
  });
});
