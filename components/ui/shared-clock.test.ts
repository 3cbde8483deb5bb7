import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followSharedClock } from "./shared-clock";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);

it("tells everybody the same moment when somebody new begins to follow", async () => {
  const first: Date[] = [];
  const second: Date[] = [];
  const ends = [followSharedClock((moment) => first.push(moment))];
  await settled();
  await vi.advanceTimersByTimeAsync(7_000);
  ends.push(followSharedClock((moment) => second.push(moment)));
  await settled();

  expect(second).toHaveLength(1);
  expect(first.at(-1)).toEqual(second[0]);
  for (const end of ends) end();
});

it("tells those who begin together once, then every 15 s until they end", async () => {
  const told = vi.fn();
  const end = followSharedClock(told);
  const endOther = followSharedClock(() => undefined);
  await settled();
  expect(told).toHaveBeenCalledTimes(1);

  await vi.advanceTimersByTimeAsync(30_000);
  expect(told).toHaveBeenCalledTimes(3);

  end();
  endOther();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});
