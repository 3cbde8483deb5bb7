import { beforeAll, beforeEach, expect, test } from "vitest";
import { WEBHOOKS_MAX } from "@/lib/access/webhooks/webhook/limits";
import { EVENT_TYPES } from "@/lib/access/webhooks/webhook/words";
import { contactJson } from "@/lib/api/answers/contacts";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenBusyKey } from "@/lib/testing/api-world";
import { givenList } from "@/lib/testing/campaigns";
import { dumpTables } from "@/lib/testing/dump";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, jsonOf } from "@/lib/testing/gate";

const CRM = {
  name: "CRM",
  url: "https://crm.example.com/hooks#top",
  events: ["email.bounced", "contact.unsubscribed", "contact.unsubscribed"],
};

let owner: MemberActor;
let secret: string;

beforeAll(async () => {
  owner = await givenOwner();
  secret = await givenBusyKey(owner);
});
beforeEach(async () => {
  await db().webhook.deleteMany({ where: { workspaceId: owner.workspaceId } });
});

async function send(method: string, path: string, body?: unknown, headers = {}) {
  const answer = await call(path, { method, secret, body, headers });
  return { status: answer.status, json: await jsonOf(answer), headers: answer.headers };
}

test("a key makes a webhook, sees it, changes it and deletes it; the secret is shown once", async () => {
  const made = await send("POST", "/webhooks", CRM);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    object: "webhook",
    id: expect.stringMatching(/^whk_/),
    url: "https://crm.example.com/hooks",
    events: ["contact.unsubscribed", "email.bounced"],
    status: "delivering",
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
  });
  const path = `/webhooks/${made.json.id}`;
  const { secret: _, ...shown } = made.json;
  expect((await send("GET", path)).json).toEqual(shown);
  expect((await send("GET", "/webhooks")).json).toMatchObject({ data: [shown] });
  const changed = await send("PATCH", path, { events: ["contact.created"] });
  expect(changed.json).toMatchObject({ name: "CRM", events: ["contact.created"] });
  expect((await send("DELETE", path)).json).toMatchObject({ deleted: true });
  expect((await send("GET", path)).status).toBe(404);
  const actions = await db().auditEvent.findMany({
    where: { targetId: `${made.json.id}` },
    orderBy: { number: "asc" },
  });
  expect(actions.map(({ action, actorName }) => [action, actorName])).toEqual([
    ["webhook.created", expect.stringMatching(/^API key /)],
    ["webhook.changed", expect.stringMatching(/^API key /)],
    ["webhook.deleted", expect.stringMatching(/^API key /)],
  ]);
});

test("a repeated call gets the same secret, and no table has it", async () => {
  const once = { "Idempotency-Key": "webhook-1" };
  const made = await send("POST", "/webhooks", CRM, once);
  const again = await send("POST", "/webhooks", CRM, once);
  expect(again.json).toEqual(made.json);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  const stored = JSON.stringify(await dumpTables());
  expect(stored).not.toContain(`${made.json.secret}`.slice("whsec_".length));
});

test.each([
  [{ url: "https://169.254.169.254/latest" }, "url", /private network/],
  [{ url: "http://crm.example.com/" }, "url", /https/],
  [{ url: "crm.example.com" }, "url", /whole URL/],
  [{ events: ["contact.exploded"] }, "events.0", /./],
  [{ events: [] }, "events", /at least one/],
  [{ name: " " }, "name", /name/],
])("%j is refused at %s", async (part, path, message) => {
  const { status, json } = await send("POST", "/webhooks", { ...CRM, ...part });
  expect(status).toBe(422);
  expect(json.errors).toContainEqual({ path, message: expect.stringMatching(message) });
});

test("there is an end to the webhooks of a workspace", async () => {
  for (let n = 0; n < WEBHOOKS_MAX; n += 1) {
    expect((await send("POST", "/webhooks", CRM)).status).toBe(201);
  }
  expect((await send("POST", "/webhooks", CRM)).status).toBe(409);
});

test("a key without the scope, and one that is limited to an audience, make none", async () => {
  const reader = await givenBusyKey(owner, { scopes: ["contacts:read"] });
  const refused = await call("/webhooks", { method: "POST", secret: reader, body: CRM });
  expect((await jsonOf(refused)).code).toBe("insufficient_scope");
  const { audienceId } = await givenList(owner, 1);
  const limited = await givenBusyKey(owner, {
    environment: "live",
    scopes: ["webhooks:write"],
    audiences: [audienceId],
  });
  const denied = await call("/webhooks", { method: "POST", secret: limited, body: CRM });
  expect((await jsonOf(denied)).code).toBe("audience_not_allowed");
});

test("a message has the contact as the API shows it, and each kind of change is an event", async () => {
  const made = await send("POST", "/webhooks", { ...CRM, events: EVENT_TYPES });
  const contact = { email: "anna@example.com", properties: { plan: "pro" } };
  const { json: created } = await send("POST", "/contacts", contact);
  await send("PATCH", `/contacts/${created.id}`, { first_name: "Anna", unsubscribed: true });
  const { json: shown } = await send("GET", `/contacts/${created.id}`);
  const { json: sent } = await send("POST", "/emails", {
    from: "shop@example.com",
    to: "bob@example.com",
    subject: "Hi",
    text: "Hi",
  });
  const events = await db().webhookEvent.findMany({
    where: { webhookId: `${made.json.id}` },
    orderBy: { id: "asc" },
  });
  expect(events.map(({ type, objectId }) => [type, objectId])).toEqual([
    ["contact.created", created.id],
    ["contact.updated", created.id],
    ["contact.unsubscribed", created.id],
    ["email.queued", sent.id],
  ]);
  const last = events[2]?.data ?? {};
  const { changed_by, ...said } = last as Record<string, unknown>;
  expect(changed_by).toMatch(/^key_/);
  expect(said).toEqual(shown);
  expect(Object.keys(said).sort()).toEqual(Object.keys(contactJson.shape).sort());
  expect(events[3]?.data).toMatchObject({ object: "email", to: ["bob@example.com"], reason: null });
});
