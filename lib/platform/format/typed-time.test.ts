import { expect, test } from "vitest";
import { longDate } from "@/lib/platform/format/time";
import { readTyped, typedInWords } from "@/lib/platform/format/typed-time";
import { dayInZone, instantInWords } from "@/lib/platform/format/zone-clock";

test.each([
  ["2027-01-15T09:00", "Europe/Berlin", "Fri 15 Jan 2027, 09:00 CET = 08:00 UTC"],
  ["2027-03-28T03:30", "Europe/Berlin", "Sun 28 Mar 2027, 03:30 CEST = 01:30 UTC"],
  [
    "2027-03-28T02:30",
    "Europe/Berlin",
    "Sun 28 Mar 2027, 03:30 CEST = 01:30 UTC. Clocks go forward then: 02:30 does not exist.",
  ],
  [
    "2027-10-31T02:30",
    "Europe/Berlin",
    "Sun 31 Oct 2027, 02:30 CEST = 00:30 UTC. Clocks go back then: the first of two 02:30.",
  ],
  ["2027-01-15T09:00", "Asia/Tokyo", "Fri 15 Jan 2027, 09:00 GMT+9 = 00:00 UTC"],
  ["2027-01-15T08:00", "Asia/Tokyo", "Fri 15 Jan 2027, 08:00 GMT+9 = 14 Jan 2027, 23:00 UTC"],
  ["2027-06-01T12:00", "UTC", "Tue 1 Jun 2027, 12:00 UTC"],
  ["2027-01-15T12:00", "Asia/Kolkata", "Fri 15 Jan 2027, 12:00 GMT+5:30 = 06:30 UTC"],
  ["", "Europe/Berlin", ""],
  ["2027-01-15T", "Europe/Berlin", ""],
])("%s in %s is %s", (text, zone, words) => {
  expect(typedInWords(text, zone)).toBe(words);
});

test("it is the instant that a browser of the zone reads", () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const text of ["2027-03-28T02:30", "2027-10-31T02:30", "2027-07-01T00:00"]) {
    expect(readTyped(text, zone)?.at).toEqual(new Date(text));
  }
  expect(readTyped("2027-03-28T02:30", "Europe/Berlin")?.at).toEqual(new Date("2027-03-28T01:30Z"));
  expect(readTyped("2027-10-31T02:30", "America/New_York")?.oddity).toBeNull();
  expect(readTyped("2027-11-07T01:30", "America/New_York")).toEqual({
    at: new Date("2027-11-07T05:30Z"),
    oddity: "twice",
  });
});

test.each([
  ["Europe/Berlin", "Sun 28 Mar 2027, 00:59 CET = 27 Mar 2027, 23:59 UTC"],
  ["America/New_York", "Sat 27 Mar 2027, 19:59 GMT-4 = 23:59 UTC"],
  ["UTC", "Sat 27 Mar 2027, 23:59 UTC"],
])("the last minute of a UTC day, in %s", (zone, words) => {
  expect(instantInWords(new Date("2027-03-27T23:59:59.999Z"), zone)).toBe(words);
});

test.each([
  ["2027-02-28T23:30:00Z", "UTC", "28 February 2027"],
  ["2027-02-28T23:30:00Z", "Europe/Berlin", "1 March 2027"],
  ["2027-02-28T10:30:00Z", "Pacific/Kiritimati", "1 March 2027"],
  ["2027-03-01T04:30:00Z", "America/New_York", "28 February 2027"],
])("%s in %s is on %s", (at, zone, day) => {
  expect(longDate(dayInZone(zone, new Date(at)))).toBe(day);
});
