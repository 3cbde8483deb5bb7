import { expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { COUNTING_BEGAN, habitOf, withRoom } from "@/lib/access/budgets/habit";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

const daysAgo = (days: number) => later(now, -days * DAY_MS);

test("a key's habit is its busiest day and hour of 30 days, with room", async () => {
  const key = await givenPlainKey(await givenOwner());
  await db().oneTimeWork.updateMany({
    where: { name: COUNTING_BEGAN },
    data: { doneAt: daysAgo(400) },
  });
  const call = (at: Date, contactsRead: number, recipients: number) =>
    aRequest({ ...key, at, contactsRead, recipients });
  await storeBatch(
    [
      call(daysAgo(31), 9_000, 9_000),
      call(daysAgo(3), 200, 40),
      call(later(daysAgo(3), HOUR_MS), 280, 30),
      call(daysAgo(2), 300, 45),
    ],
    [],
  );
  expect(await habitOf(key, now)).toEqual({
    contactsReadPerDay: "It read at most 480 a day since 25 October 2026: 1,000 would leave room.",
    recipientsPerHour:
      "It wrote to at most 45 an hour since 25 October 2026: 100 would leave room.",
    recipientsPerDay: "It wrote to at most 70 a day since 25 October 2026: 200 would leave room.",
  });
});

test("a key that read nothing is proposed nothing", async () => {
  const key = await givenPlainKey(await givenOwner());
  const { contactsReadPerDay } = await habitOf(key, now);
  expect(contactsReadPerDay).toMatch(/^It read none since /);
});

test.each([
  [1, 2],
  [480, 1_000],
  [1_200, 5_000],
  [5_000, 10_000],
])("%i leaves room at %i", (most, room) => {
  expect(withRoom(most)).toBe(room);
});
