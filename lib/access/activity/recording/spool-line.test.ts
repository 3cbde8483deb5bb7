import { expect, test } from "vitest";
import { asLine, parseLine } from "@/lib/access/activity/recording/spool-line";
import { aRequest } from "@/lib/testing/activity-records";

test("a line keeps what its call was", () => {
  const record = aRequest({ contactsRead: 50, contactsChanged: 2, recipients: 3 });
  expect(parseLine(asLine({ kind: "request", record }))).toEqual({
    kind: "request",
    record,
  });
});

test("a line that an earlier version wrote touched nobody", () => {
  const { scopes, repeats, contactsRead, contactsChanged, recipients, ...earlier } = aRequest();
  const entry = parseLine(JSON.stringify(earlier));
  expect(entry).toEqual({
    kind: "request",
    record: {
      ...earlier,
      scopes: [],
      repeats: 0,
      contactsRead: 0,
      contactsChanged: 0,
      recipients: 0,
    },
  });
});
