import { expect, test } from "vitest";
import { presetOf, presetScopes, USE_CASES } from "@/lib/access/api-keys/key/presets";

test("scopes tell their use case, in any order, and others are custom", () => {
  for (const useCase of USE_CASES) {
    expect(presetOf(presetScopes(useCase).toReversed())).toBe(useCase);
  }
  expect(presetOf(["contacts:read", "contacts:write"])).toBe("custom");
  expect(presetOf([...presetScopes("analytics"), "contacts:read"])).toBe("custom");
});
