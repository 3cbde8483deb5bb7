import { expect, test } from "vitest";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";

/** A missing value that the types say cannot be missing. */
const missing = undefined as unknown as string;
const nobody = { where: { id: missing } };

test.each([
  ["reads", () => db().workspace.findFirst(nobody)],
  ["counts", () => db().workspace.count(nobody)],
  ["changes", () => db().workspace.updateMany({ ...nobody, data: { name: "Taken over" } })],
  ["deletes", () => db().workspace.deleteMany(nobody)],
])("a query that %s by an undefined id throws, instead of meaning every row", async (_, query) => {
  const { workspaceId, workspaceName } = await givenOwner();
  await expect(query()).rejects.toThrow("undefined");
  const left = await db().workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  expect(left.name).toBe(workspaceName);
});
