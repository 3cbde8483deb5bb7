import { once } from "node:events";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { endHour, everyHour, keepHour, takeHour } from "@/lib/platform/queue/every-hour";

const NOON = new Date("2030-01-01T12:00:00.000Z");
const after = (minutes: number) => later(NOON, minutes * MINUTE_MS);

test("one of several processes does the hour's work, and one that dies leaves it to another within minutes", async () => {
  const names = ["one", "two", "three"];
  const taken = await Promise.all(names.map((name) => takeHour(name, NOON)));
  expect(taken.filter(Boolean)).toHaveLength(1);
  const holder = names[taken.indexOf(true)] ?? "";
  // The process that works gives signs of life, and no other begins, however long it takes.
  for (const minutes of [1, 3, 5]) {
    await keepHour(holder, after(minutes));
    await keepHour("four", after(minutes));
    expect(await takeHour("four", after(minutes + 1))).toBe(false);
  }
  // It dies.
  expect(await takeHour("four", after(7))).toBe(false);
  expect(await takeHour("four", after(9))).toBe(true);
  // Work that is done is done until the next hour, and its holder alone can say so.
  await endHour(holder);
  expect(await takeHour("five", after(10))).toBe(false);
  await endHour("four");
  expect(await takeHour("five", after(40))).toBe(false);
  expect(await takeHour("five", later(after(9), HOUR_MS))).toBe(true);
  await endHour("five");
});

test("a process that stops in the middle leaves the work to the next one that looks", async () => {
  const tomorrow = later(NOON, DAY_MS);
  let begun = () => {};
  const began = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const hours = everyHour(
    async (_, stopped) => {
      begun();
      await once(stopped, "abort");
    },
    () => tomorrow,
  );
  await began;
  expect(await takeHour("other", tomorrow)).toBe(false);
  await hours.stop();
  expect(await takeHour("other", tomorrow)).toBe(true);
});
