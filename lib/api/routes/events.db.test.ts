import { beforeEach, describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const SCOPES = [
  "contacts:read",
  "contacts:write",
  "audiences:write",
  "events:read",
  "events:write",
] as const;
const EMAIL = "anna+shop@example.com";

let owner: MemberActor;
let secret: string;
let contactId: string;

beforeEach(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, { scopes: [...SCOPES] })).secret;
  contactId = String((await send("PUT", "/contacts/anna%2Bshop@example.com", {})).body.id);
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await call(path, { method, secret, ...sent, ...options });
  return { status: response.status, body: await jsonOf(response), headers: response.headers };
}

type Listed = { id: string; event: string; occurred_at: string; payload: object };
const listed = (body: Record<string, unknown>) => body.data as Listed[];
const namesIn = (body: Record<string, unknown>) => listed(body).map(({ event }) => event);
const minutesAgo = (minutes: number) => later(now(), -minutes * 60_000).toISOString();
const countOf = async (name: string) =>
  await db().contactEventCount.findFirst({ where: { contactId, name } });

describe("an event", () => {
  test("is recorded of a contact named by id or e-mail, and listed with what it carried", async () => {
    const event = "order.placed";
    const payload = { total: 42.5, items: [{ sku: "tea" }] };
    const byMail = await send("POST", "/events/send", {
      event,
      email: "Anna+Shop@example.com",
      payload,
    });
    expect(byMail.status).toBe(201);
    expect(byMail.body).toMatchObject({ object: "event", event, contact_id: contactId });
    const occurred_at = "2026-01-02T03:04:05.678Z";
    const byId = await send("POST", "/events/send", {
      event,
      contact_id: contactId,
      occurred_at,
      dedupe_id: "order 1",
    });
    expect(byId.status).toBe(201);
    const { body } = await send("GET", "/events");
    expect(listed(body)).toMatchObject([
      { object: "event", id: byMail.body.id, contact_id: contactId, payload, dedupe_id: null },
      { id: byId.body.id, payload: {}, occurred_at, dedupe_id: "order 1" },
    ]);
    expect(await countOf(event)).toMatchObject({ count: 2, lastPayload: payload });
  });

  test("that comes late is counted, and does not pass for the latest", async () => {
    const event = "seen";
    for (const [minutes, step] of [
      [5, "a"],
      [1, "b"],
      [9, "c"],
    ] as const) {
      const sent = { event, email: EMAIL, payload: { step }, occurred_at: minutesAgo(minutes) };
      expect((await send("POST", "/events/send", sent)).status).toBe(201);
    }
    expect(await countOf(event)).toMatchObject({ count: 3, lastPayload: { step: "b" } });
  });

  test("is stored once for its contact and dedupe id, and the caller is told", async () => {
    const sent = { event: "order.placed", email: EMAIL, dedupe_id: "1" };
    const first = await send("POST", "/events/send", sent);
    const second = await send("POST", "/events/send", { ...sent, payload: { other: true } });
    expect(second).toMatchObject({ status: 200, body: { ...first.body, duplicate: true } });
    await send("PUT", "/contacts/other@example.com", {});
    const others = await send("POST", "/events/send", { ...sent, email: "other@example.com" });
    expect([others.status, others.body.duplicate]).toEqual([201, false]);
    expect(await countOf("order.placed")).toMatchObject({ count: 1, lastPayload: {} });
  });

  test("sent ten times at once under one dedupe id, or one Idempotency-Key, takes effect once", async () => {
    const tenTimes = (body: object, headers = {}) =>
      Promise.all(
        Array.from({ length: 10 }, () => send("POST", "/events/send", body, { headers })),
      );
    const deduped = await tenTimes({ event: "one", email: EMAIL, dedupe_id: "x" });
    expect(deduped.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    const keyed = await tenTimes({ event: "two", email: EMAIL }, { "idempotency-key": "two" });
    expect(keyed.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const again = await send(
      "POST",
      "/events/send",
      { event: "two", email: EMAIL },
      {
        headers: { "idempotency-key": "two" },
      },
    );
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect((await countOf("one"))?.count).toBe(1);
    expect((await countOf("two"))?.count).toBe(1);
  });

  test("of a contact that does not exist is refused, and makes none", async () => {
    const unknown = await send("POST", "/events/send", { event: "x", email: "no@example.com" });
    expect([unknown.status, unknown.body.code]).toEqual([404, "not_found"]);
    expect(await db().contact.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
  });

  const good = { event: "x", email: EMAIL };
  test.each([
    ["no name", { email: EMAIL }],
    ["a name of spaces", { ...good, event: "  " }],
    ["a name that is too long", { ...good, event: "x".repeat(101) }],
    ["no contact", { event: "x" }],
    ["two contacts", { ...good, contact_id: "con_00000000000000000000000000" }],
    ["no e-mail", { event: "x", email: "anna" }],
    ["a payload that is a list", { ...good, payload: [] }],
    ["a payload of more than 8 KiB", { ...good, payload: { text: "é".repeat(4_091) } }],
    ["a time that is none", { ...good, occurred_at: "yesterday" }],
    ["a time that no database takes", { ...good, occurred_at: "0000-01-01T00:00:00Z" }],
    ["the day after tomorrow", { ...good, occurred_at: later(now(), 2 * DAY_MS).toISOString() }],
    ["an empty dedupe id", { ...good, dedupe_id: "" }],
    ["an unknown field", { ...good, user: 1 }],
  ])("with %s is refused", async (_, body) => {
    expect((await send("POST", "/events/send", body)).status).toBe(422);
  });

  test("may carry a payload of exactly 8 KiB", async () => {
    const payload = { text: "é".repeat(4_090) };
    expect((await send("POST", "/events/send", { ...good, payload })).status).toBe(201);
  });
});

describe("a batch", () => {
  const mixed = [
    { event: "a", email: EMAIL, payload: { n: 1 } },
    { event: "a", email: "no@example.com" },
    { event: "a", email: EMAIL, dedupe_id: "d" },
    { event: "b", email: EMAIL, dedupe_id: "d" },
    { event: "" },
  ];

  test("is recorded whole or, when one of it is refused, not at all", async () => {
    const refused = await send("POST", "/events/batch", mixed.slice(0, 4));
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: "1" }]]);
    expect(await db().contactEvent.count({ where: { contactId } })).toBe(0);
    const taken = await send("POST", "/events/batch", [mixed[0], mixed[2]]);
    expect(taken.body).toMatchObject({
      data: [{ index: 0, object: "event", event: "a", status: "recorded" }, { index: 1 }],
      errors: [],
    });
    expect(await countOf("a")).toMatchObject({ count: 2 });
  });

  test("sent as permissive is recorded but for what is refused, and says what became of each", async () => {
    const headers = { "x-batch-validation": "permissive" };
    const { status, body } = await send("POST", "/events/batch", mixed, { headers });
    expect(status).toBe(200);
    const data = body.data as { index: number; status: string; id: string }[];
    expect(data.map(({ index, status }) => [index, status])).toEqual([
      [0, "recorded"],
      [2, "recorded"],
      [3, "duplicate"],
    ]);
    expect(data[2]?.id).toBe(data[1]?.id);
    expect(body.errors).toMatchObject([
      { index: 1, code: "not_found" },
      { index: 4 },
      { index: 4 },
    ]);
    expect(await countOf("b")).toBeNull();
  });

  test("holds at most a thousand events", async () => {
    const thousand = Array.from({ length: 1_001 }, () => ({ event: "x", email: EMAIL }));
    expect((await send("POST", "/events/batch", thousand)).status).toBe(422);
    expect((await send("POST", "/events/batch", [])).status).toBe(422);
    expect((await send("POST", "/events/batch", thousand.slice(1))).status).toBe(200);
    expect(await countOf("x")).toMatchObject({ count: 1_000 });
  });

  test("and others at once, with the same events in another order, count each once", async () => {
    const events = Array.from({ length: 40 }, (_, at) => ({
      event: `e${at % 4}`,
      email: EMAIL,
      dedupe_id: `${at}`,
    }));
    const orders = [events, events.toReversed(), events, events.toReversed()];
    const sent = await Promise.all(orders.map((body) => send("POST", "/events/batch", body)));
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const counts = await db().contactEventCount.findMany({ where: { contactId } });
    expect(counts.map(({ count }) => count)).toEqual([10, 10, 10, 10]);
  });
});

describe("the list of events", () => {
  beforeEach(async () => {
    await send("PUT", "/contacts/bo@example.com", {});
    const events = ["a", "b", "c", "d", "e"].map((event, at) => ({
      event,
      email: at === 2 ? "bo@example.com" : EMAIL,
      occurred_at: minutesAgo(10 - at),
    }));
    await send("POST", "/events/batch", events);
  });

  test("runs from the latest, and pages stay while late ones arrive", async () => {
    const one = await send("GET", "/events?limit=2");
    expect(namesIn(one.body)).toEqual(["e", "d"]);
    await send("POST", "/events/send", { event: "f", email: EMAIL });
    const two = await send("GET", `/events?limit=2&after=${one.body.next_cursor}`);
    expect([namesIn(two.body), two.body.has_more]).toEqual([["c", "b"], true]);
    const byId = await send("GET", `/events?limit=2&after=${listed(one.body)[1]?.id}`);
    expect(namesIn(byId.body)).toEqual(["c", "b"]);
    const back = await send("GET", `/events?limit=2&before=${two.body.previous_cursor}`);
    expect(namesIn(back.body)).toEqual(["e", "d"]);
    expect((await send("GET", "/events?after=x")).status).toBe(422);
    const both = `after=${one.body.next_cursor}&before=${one.body.next_cursor}`;
    expect((await send("GET", `/events?${both}`)).status).toBe(422);
  });

  test("is narrowed by name, contact and time", async () => {
    const names = async (query: string) => namesIn((await send("GET", `/events?${query}`)).body);
    expect(await names("event=b")).toEqual(["b"]);
    expect(await names("contact=bo@example.com")).toEqual(["c"]);
    expect(await names(`contact=${contactId}&event=a`)).toEqual(["a"]);
    const since = `occurred_since=${minutesAgo(8.5)}`;
    expect(await names(since)).toEqual(["e", "d", "c"]);
    expect(await names(`${since}&occurred_before=${minutesAgo(6.5)}`)).toEqual(["d", "c"]);
    expect((await send("GET", "/events?contact=no@example.com")).status).toBe(404);
    for (const query of ["event=%20", "contact=x", "occurred_since=now", "limit=0", "who=me"]) {
      expect([query, (await send("GET", `/events?${query}`)).status]).toEqual([query, 422]);
    }
  });
});

describe("a profile", () => {
  test("tells attributes, audiences, counts, and what was opened last", async () => {
    const { body: audience } = await send("POST", "/audiences", { name: "News" });
    await send("POST", `/contacts/${contactId}/audiences/${audience.id}`);
    await send("POST", "/events/send", { event: "seen", email: EMAIL });
    await send("POST", "/events/send", { event: "seen", email: EMAIL, payload: { sku: "tea" } });
    const at = new Date("2026-11-24T10:00:00.000Z");
    await db().contact.update({ where: { id: contactId }, data: { lastOpenedAt: at } });
    const happened = {
      workspaceId: owner.workspaceId,
      environment: "live",
      contactId,
      at,
    } as const;
    await db().emailEvent.create({
      data: {
        ...happened,
        id: `eev_${contactId.slice(4)}`,
        emailId: "eml_1",
        type: "opened",
        first: true,
      },
    });
    const { status, body } = await send("GET", `/contacts/${contactId}/profile`);
    expect(status).toBe(200);
    const contact = (await send("GET", `/contacts/${contactId}`)).body;
    expect(body).toEqual({
      object: "profile",
      contact,
      audiences: [{ id: audience.id, name: "News", dynamic: false }],
      events: { seen: { count: 2, last: { at: expect.any(String), payload: { sku: "tea" } } } },
      last_opened_at: at.toISOString(),
      last_clicked_at: null,
      engagement: [
        { action: "opened", at: at.toISOString(), email_id: "eml_1", campaign_id: null },
      ],
    });
  });

  test("needs both scopes", async () => {
    for (const scope of ["contacts:read", "events:read"] as const) {
      const key = await givenWorkingKey(owner, { scopes: [scope] });
      const path = `/contacts/${contactId}/profile`;
      const refused = await send("GET", path, undefined, { secret: key.secret });
      expect([refused.status, refused.body.code]).toEqual([403, "insufficient_scope"]);
      expect(refused.body.required_scope).not.toBe(scope);
    }
  });
});

test("deleting a contact deletes what it did", async () => {
  await send("POST", "/events/send", { event: "seen", email: EMAIL });
  await send("DELETE", `/contacts/${contactId}`);
  expect(await db().contactEvent.count({ where: { contactId } })).toBe(0);
  expect(await countOf("seen")).toBeNull();
});

test("an event that is recorded while its contact is deleted leaves nothing behind", async () => {
  await send("POST", "/events/send", { event: "seen", email: EMAIL });
  const sending = Array.from({ length: 5 }, () =>
    send("POST", "/events/send", { event: "seen", contact_id: contactId }),
  );
  await Promise.all([...sending, send("DELETE", `/contacts/${contactId}`)]);
  expect(await db().contactEvent.count({ where: { contactId } })).toBe(0);
  expect(await countOf("seen")).toBeNull();
});

describe("events are nobody else's", () => {
  const routes = () =>
    [
      ["POST", "/events/send", { event: "x", contact_id: contactId }],
      ["GET", `/events?contact=${contactId}`, undefined],
      ["GET", `/contacts/${contactId}/profile`, undefined],
    ] as const;

  test("of other workspaces, test keys and keys limited to other audiences", async () => {
    await send("POST", "/events/send", { event: "seen", email: EMAIL });
    const audience = await send("POST", "/audiences", { name: "Others" });
    const limited = { scopes: [...SCOPES], audiences: [String(audience.body.id)] };
    const strangers = [
      await givenWorkingKey(await givenOwner(), { scopes: [...SCOPES] }),
      await givenWorkingKey(owner, { scopes: [...SCOPES], environment: "test" }),
      await givenWorkingKey(owner, limited),
    ];
    for (const stranger of strangers) {
      const options = { secret: stranger.secret };
      for (const [method, path, body] of routes()) {
        expect([path, (await send(method, path, body, options)).status]).toEqual([path, 404]);
      }
      expect((await send("GET", "/events", undefined, options)).body.data).toEqual([]);
      const batch = [{ event: "x", contact_id: contactId }];
      expect((await send("POST", "/events/batch", batch, options)).status).toBe(422);
    }
    expect(await db().contactEvent.count({ where: { contactId } })).toBe(1);
    const id = String(
      (await send("GET", "/events")).body.data &&
        listed((await send("GET", "/events")).body)[0]?.id,
    );
    const foreign = await send("GET", `/events?after=${id}`, undefined, {
      secret: strangers[0]?.secret ?? "",
    });
    expect(foreign.status).toBe(422);
  });

  test("but a limited key's own contacts it may write to and read", async () => {
    const audience = await send("POST", "/audiences", { name: "Mine" });
    await send("POST", `/contacts/${contactId}/audiences/${audience.body.id}`);
    const limited = { scopes: [...SCOPES], audiences: [String(audience.body.id)] };
    const options = { secret: (await givenWorkingKey(owner, limited)).secret };
    for (const [method, path, body] of routes()) {
      expect([path, (await send(method, path, body, options)).status]).not.toEqual([path, 404]);
    }
    expect(namesIn((await send("GET", "/events", undefined, options)).body)).toEqual(["x"]);
  });

  test("nor of keys without the scope", async () => {
    const reader = (await givenWorkingKey(owner, { scopes: ["events:read"] })).secret;
    const writer = (await givenWorkingKey(owner, { scopes: ["events:write"] })).secret;
    const body = { event: "x", email: EMAIL };
    for (const [method, path, sent, by] of [
      ["POST", "/events/send", body, reader],
      ["POST", "/events/batch", [body], reader],
      ["GET", "/events", undefined, writer],
    ] as const) {
      const refused = await send(method, path, sent, { secret: by });
      expect([path, refused.body.code]).toEqual([path, "insufficient_scope"]);
    }
  });
});
