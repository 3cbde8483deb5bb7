import { expect, test, vi } from "vitest";
import { askedTogether } from "@/lib/platform/operations/asked-together";

test("all who ask while an answer holds share one question, also one that fails", async () => {
  let asked = 0;
  const ask = askedTogether(async () => ++asked, { keepMs: 30, patienceMs: 1_000 });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  expect(await ask()).toBe(1);
  await vi.waitFor(async () => expect(await ask()).toBe(2));
  let failed = 0;
  const failing = askedTogether(
    async () => {
      failed += 1;
      throw new Error("no");
    },
    { keepMs: 60_000, patienceMs: 1_000 },
  );
  await expect(failing()).rejects.toThrow("no");
  await expect(failing()).rejects.toThrow("no");
  expect(failed).toBe(1);
});

test("nobody waits longer than they have patience, and no second question is asked while one is open", async () => {
  let asked = 0;
  let settle = (_: string) => {};
  const ask = askedTogether(
    () => {
      asked += 1;
      return new Promise<string>((resolve) => {
        settle = resolve;
      });
    },
    { keepMs: 1, patienceMs: 20 },
  );
  // Each of them waits anew, once the one before is no longer kept.
  const beganMs = performance.now();
  while (performance.now() - beganMs < 100) {
    await expect(ask()).rejects.toThrow("no answer within 20 ms");
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(asked).toBe(1);
  settle("late");
  await vi.waitFor(() => {
    void ask().catch(() => {});
    expect(asked).toBe(2);
  });
});
