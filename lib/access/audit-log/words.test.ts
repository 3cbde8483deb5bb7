import { expect, test } from "vitest";
import { ACTION_LABELS, actionWords } from "@/lib/access/audit-log/words";

test("every action has words of its own", () => {
  const labels = ACTION_LABELS.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const { action } of ACTION_LABELS) expect(actionWords(action).did).not.toContain(".");
});

test("an action that this version does not know is shown as it is stored", () => {
  expect(actionWords("key.teleported")).toMatchObject({ did: "key.teleported {name}" });
});
