import { expect, test } from "vitest";
import { runInWords } from "@/lib/access/activity/words";

const RUN = {
  keyId: "key_1",
  from: "2026-11-23T09:02:00.000Z",
  to: "2026-11-23T09:12:00.000Z",
  isGoing: false,
  calls: 20,
  contactsRead: 0,
  contactsChanged: 0,
  recipients: 0,
  problems: [],
};
const invalid = { status: 422, code: "validation_error", calls: 3 };

test.each([
  [
    { contactsChanged: 14_212, problems: [invalid] },
    "14,212 contacts changed, 3 refused (invalid fields)",
  ],
  [{ recipients: 1, contactsRead: 2 }, "2 contacts read, 1 recipient written to"],
  [{}, "20 calls answered"],
  [{ problems: [{ ...invalid, calls: 20 }] }, "20 refused (invalid fields)"],
  [
    { problems: [{ status: 503, code: "service_unavailable", calls: 2 }, invalid] },
    "15 calls answered, 5 failed (not available for a moment)",
  ],
])("a run of calls in words: %o", (what, words) => {
  expect(runInWords({ ...RUN, ...what })).toBe(words);
});
