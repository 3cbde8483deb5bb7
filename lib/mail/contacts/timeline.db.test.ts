import { expect, test } from "vitest";
import { contactTimeline } from "@/lib/mail/contacts/timeline";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

test("a time line has events and emails in one order, page by page, and only the contact's own", async () => {
  const owner = await givenOwner();
  const { secret } = await givenWorkingKey(owner, {
    name: "Shop",
    scopes: ["contacts:write", "contacts:read", "events:write"],
  });
  const post = (path: string, body: unknown) => call(path, { method: "POST", secret, body });
  const id = String((await jsonOf(await post("/contacts", { email: "a@example.com" }))).id);
  await post("/contacts", { email: "b@example.com" });
  const start = later(now(), -DAY_MS);
  const events = Array.from({ length: 25 }, (_, at) => ({
    event: `e${at}`,
    email: "a@example.com",
    payload: { at },
    occurred_at: later(start, at * 2_000).toISOString(),
  }));
  await post("/events/batch", [...events, { event: "other", email: "b@example.com" }]);
  const place = { workspaceId: owner.workspaceId, environment: "live", contactId: id } as const;
  await db().emailEvent.createMany({
    data: (["delivered", "opened", "clicked"] as const).map((type, at) => ({
      ...place,
      id: newId("eev", start),
      emailId: "eml_none",
      type,
      first: true,
      at: later(start, 41_000 + at * 2_000),
      detail: { url: "https://example.com/tea" },
    })),
  });

  const asked = { id, environment: "live" } as const;
  const latest = await contactTimeline(owner, { ...asked, before: "" });
  const names = (line: typeof latest) =>
    line.entries.map((entry) => (entry.kind === "event" ? entry.name : entry.type));
  expect(names(latest).slice(0, 6)).toEqual(["e24", "e23", "clicked", "e22", "opened", "e21"]);
  expect(latest.entries[0]).toMatchObject({ payload: { at: 24 }, sender: "Shop" });
  expect(latest.entries[2]).toMatchObject({ url: "https://example.com/tea" });
  expect(latest.entries).toHaveLength(20);
  const earlier = await contactTimeline(owner, { ...asked, before: latest.earlier ?? "" });
  expect(names(earlier)).toEqual(["e7", "e6", "e5", "e4", "e3", "e2", "e1", "e0"]);
  expect(earlier.earlier).toBeNull();

  const stranger = await contactTimeline(await givenOwner(), { ...asked, before: "" });
  expect(stranger.entries).toEqual([]);
  const test = await contactTimeline(owner, { id, environment: "test", before: "" });
  expect(test.entries).toEqual([]);
});
