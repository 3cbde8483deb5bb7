import { expect, test } from "vitest";
import {
  presetOf,
  presetScopes,
  proposedLimits,
  USE_CASES,
  writesToPeople,
} from "@/lib/access/api-keys/key/presets";

test("scopes tell their use case, in any order, and others are custom", () => {
  for (const useCase of USE_CASES) {
    expect(presetOf(presetScopes(useCase).toReversed())).toBe(useCase);
  }
  expect(presetOf(["contacts:read", "contacts:write"])).toBe("custom");
  expect(presetOf([...presetScopes("analytics"), "contacts:read"])).toBe("custom");
});

test("a key that sends campaigns is proposed enough people for one to a large audience", () => {
  expect(proposedLimits(["campaigns:send"]).recipientsPerDay).toBe(100_000);
  expect(proposedLimits([...presetScopes("transactional-email"), "campaigns:send"])).toEqual({
    recipientsPerMinute: 1_000,
    recipientsPerDay: 100_000,
  });
  expect(proposedLimits(presetScopes("transactional-email")).recipientsPerDay).toBe(50_000);
  expect(proposedLimits(["emails:send"]).recipientsPerDay).toBe(20_000);
  expect(writesToPeople(["campaigns:send"])).toBe(true);
  expect(writesToPeople(presetScopes("analytics"))).toBe(false);
});
