import { expect, test } from "vitest";
import { contactTimeline } from "@/lib/mail/contacts/timeline";
import { type NewEmailEvent, recordEmailEvents } from "@/lib/mail/emails/email-events";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
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

test("emails that name it among others are in a time line, with what concerns it and nobody else", async () => {
  const owner = await givenOwner();
  const { secret } = await givenWorkingKey(owner, {
    name: "Shop",
    scopes: ["contacts:write", "emails:send"],
  });
  const post = (path: string, body: unknown) => call(path, { method: "POST", secret, body });
  const people = ["ada", "bo", "cy", "dee"] as const;
  const ids = new Map<string, string>();
  for (const name of people) {
    const saved = await post("/contacts", { email: `${name}@example.com` });
    ids.set(name, String((await jsonOf(saved)).id));
  }
  const send = async (subject: string, to: object) => {
    const email = { from: "shop@example.com", subject, text: "Hello", ...to };
    return String((await jsonOf(await post("/emails", email))).id);
  };
  const order = await send("Order", {
    to: "Ada <ada@example.com>",
    cc: "Bo@example.com",
    bcc: ["cy@example.com"],
  });
  const team = await send("Team", { to: ["bo@example.com", "dee@example.com"] });
  await send("Alone", { to: "cy@example.com" });
  const happen = async (emailId: string, events: Pick<NewEmailEvent, "type" | "detail">[]) =>
    await transact((tx) =>
      recordEmailEvents(
        tx,
        events.map((event) => ({ emailId, ...event })),
        now(),
      ),
    );
  await happen(order, [
    { type: "bounced", detail: { recipients: ["cy@example.com"] } },
    { type: "delivered", detail: { recipients: ["ada@example.com", "bo@example.com"] } },
    { type: "opened" },
  ]);
  await happen(team, [{ type: "delivered" }, { type: "clicked", detail: { url: "https://a.b/" } }]);

  const seen = async (name: string) => {
    const asked = { id: ids.get(name) ?? "", environment: "live", before: "" } as const;
    const { entries } = await contactTimeline(owner, asked);
    const lines = entries.flatMap((entry) =>
      entry.kind === "email" ? [`${entry.subject} ${entry.type}`] : [],
    );
    return lines.sort();
  };
  expect(await seen("ada")).toEqual(["Order delivered", "Order opened", "Order queued"]);
  expect(await seen("bo")).toEqual([
    "Order delivered",
    "Order queued",
    "Team delivered",
    "Team queued",
  ]);
  expect(await seen("cy")).toEqual(["Alone queued", "Order bounced", "Order queued"]);
  expect(await seen("dee")).toEqual(["Team delivered", "Team queued"]);
  const asked = { id: ids.get("bo") ?? "", environment: "live", before: "" } as const;
  expect((await contactTimeline(await givenOwner(), asked)).entries).toEqual([]);
  expect(JSON.stringify(await contactTimeline(owner, asked))).not.toMatch(/ada@|cy@|dee@/);
});

test("an email to an address is its contact's, also where the contact came later or has another now", async () => {
  const owner = await givenOwner();
  const scopes = ["contacts:write", "emails:send"] as const;
  const { secret } = await givenWorkingKey(owner, { name: "Shop", scopes: [...scopes] });
  const ask = async (method: string, path: string, body: unknown) =>
    await jsonOf(await call(path, { method, secret, body }));
  const email = { from: "shop@example.com", to: "eve@example.com", subject: "Hi", text: "Hi" };
  const early = String((await ask("POST", "/emails", email)).id);
  const id = String((await ask("POST", "/contacts", { email: "eve@example.com" })).id);
  const late = String((await ask("POST", "/emails", email)).id);
  const opened = (emailId: string) => ({ emailId, type: "opened" as const });
  await transact((tx) => recordEmailEvents(tx, [opened(early), opened(late)], now()));
  const types = async () => {
    const { entries } = await contactTimeline(owner, { id, environment: "live", before: "" });
    return entries.flatMap((entry) =>
      entry.kind === "email" ? [[entry.emailId, entry.type].join(" ")] : [],
    );
  };
  const ofLater = [`${late} queued`, `${late} opened`];
  expect(new Set(await types())).toEqual(
    new Set([`${early} queued`, `${early} opened`, ...ofLater]),
  );
  await ask("PATCH", `/contacts/${id}`, { email: "eva@example.com" });
  expect(new Set(await types())).toEqual(new Set(ofLater));
});
