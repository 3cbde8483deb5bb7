import { expect, test } from "vitest";
import { renameWorkspace } from "@/lib/people/members/rename-workspace";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const workspaceName = "Northwind Tea";

test.each(["admin", "marketer", "viewer"] as const)("a %s does not rename it", async (role) => {
  const actor = await givenColleague(await givenOwner(), role);
  expect(await renameWorkspace(actor, { workspaceName }, now())).toMatchObject({
    code: "not_found",
  });
});

test("an owner renames their own workspace, and no other", async () => {
  const [owner, other] = [await givenOwner(), await givenOwner()];
  expect(await renameWorkspace(owner, { workspaceName }, now())).toMatchObject({ ok: true });
  const named = await db().workspace.findMany({ where: { name: workspaceName } });
  expect(named.map(({ id }) => id)).toEqual([owner.workspaceId]);
  const { name } = await db().workspace.findUniqueOrThrow({ where: { id: other.workspaceId } });
  expect(name).toBe(other.workspaceName);
});
