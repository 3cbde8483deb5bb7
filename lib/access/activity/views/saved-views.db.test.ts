import { expect, test } from "vitest";
import { VIEWS_MAX } from "@/lib/access/activity/views/limits";
import { removeView, savedViews, saveView } from "@/lib/access/activity/views/saved-views";
import { saveViewInput } from "@/lib/access/activity/views/schema";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

test("a member's views are their own, and one of the same name replaces the other", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  mustWork(await saveView(owner, { name: "Problems", query: "status=problems" }, now));
  mustWork(await saveView(owner, { name: "Problems", query: "status=5xx" }, now));
  mustWork(await saveView(owner, { name: "Everything", query: "" }, now));
  const [all, problems] = await savedViews(owner);
  expect([all?.name, problems?.query]).toEqual(["Everything", "status=5xx"]);
  expect(await savedViews(marketer)).toEqual([]);
  const id = problems?.id ?? "";
  expect(await removeView(marketer, { id })).toMatchObject({ code: "not_found" });
  mustWork(await removeView(owner, { id }));
  expect(await removeView(owner, { id })).toMatchObject({ code: "not_found" });
});

test("fifty are enough, and one of them can still be changed", async () => {
  const owner = await givenOwner();
  for (let at = 0; at < VIEWS_MAX; at += 1) {
    mustWork(await saveView(owner, { name: `View ${at}`, query: "" }, now));
  }
  const more = await saveView(owner, { name: "One more", query: "" }, now);
  expect(more).toMatchObject({ code: "too_many" });
  mustWork(await saveView(owner, { name: "View 7", query: "range=day" }, now));
});

test("a view is a query: no secret, and nothing that leads elsewhere", () => {
  const secret = generateSecret("live");
  for (const query of [`q=${secret}`, "a b", "x#y", "?x", "a".repeat(2_001)]) {
    expect(saveViewInput.safeParse({ name: "x", query }).success, query).toBe(false);
  }
  expect(saveViewInput.safeParse({ name: "", query: "" }).success).toBe(false);
});
