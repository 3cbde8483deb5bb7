import { expect, test } from "vitest";
import { revokeUndoableUntil } from "@/lib/access/api-keys/key/undoable-revoke";

const revokedAt = new Date("2026-11-23T12:00:00.000Z");
const end = new Date("2026-11-30T12:00:00.000Z");
const justBefore = new Date(end.getTime() - 1);

test("a revoke can be undone for seven days, to the millisecond", () => {
  const key = { revokedAt, revokeReason: "other" } as const;
  expect(revokeUndoableUntil(key, revokedAt)).toEqual(end);
  expect(revokeUndoableUntil(key, justBefore)).toEqual(end);
  expect(revokeUndoableUntil(key, end)).toBeNull();
});

test("a leaked key never comes back, and a key in use has nothing to undo", () => {
  expect(revokeUndoableUntil({ revokedAt, revokeReason: "compromised" }, revokedAt)).toBeNull();
  expect(revokeUndoableUntil({ revokedAt: null, revokeReason: null }, revokedAt)).toBeNull();
});
