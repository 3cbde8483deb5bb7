import { beforeEach, describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const SCOPES = [
  ...(["contacts:read", "contacts:write", "audiences:read", "audiences:write"] as const),
  ...(["events:read", "events:write"] as const),
];
const PROS = {
  match: "all",
  conditions: [{ kind: "property", property: "plan", operator: "equals", value: "pro" }],
};
const BUYERS = {
  match: "all",
  conditions: [{ kind: "event", event: "order.placed", did: true, at_least: 2 }],
};

let owner: MemberActor;
let secret: string;
let pros: string;

beforeEach(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, { scopes: SCOPES })).secret;
  pros = String((await send("POST", "/audiences", { name: "Pros", rule: PROS })).body.id);
  await send("PUT", "/contacts/pro@example.com", { properties: { plan: "Pro" } });
  await send("PUT", "/contacts/free@example.com", { properties: { plan: "free" } });
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await call(path, { method, secret, ...sent, ...options });
  return { status: response.status, body: await jsonOf(response) };
}

const emailsIn = async (audience: string, options: CallOptions = {}) => {
  const { body } = await send("GET", `/audiences/${audience}/contacts`, undefined, options);
  return (body.data as { email: string }[]).map(({ email }) => email);
};

describe("an audience with a rule", () => {
  test("has whoever the rule describes, from the moment it does", async () => {
    const { body } = await send("GET", `/audiences/${pros}`);
    expect(body).toMatchObject({ name: "Pros", dynamic: true, rule: PROS });
    expect(await emailsIn(pros)).toEqual(["pro@example.com"]);
    await send("PATCH", "/contacts/free@example.com", { properties: { plan: "pro" } });
    expect(await emailsIn(pros)).toEqual(["free@example.com", "pro@example.com"]);
    const of = await send("GET", "/contacts/free@example.com/audiences");
    expect(of.body.data).toMatchObject([{ id: pros, dynamic: true }]);
    const listed = await send("GET", `/contacts?audience=${pros}&email=free@example.com`);
    expect(listed.body.data).toHaveLength(1);
  });

  test("follows events, as they are sent", async () => {
    const buyers = String((await send("POST", "/audiences", { name: "B", rule: BUYERS })).body.id);
    const order = { event: "order.placed", email: "free@example.com" };
    await send("POST", "/events/send", order);
    expect(await emailsIn(buyers)).toEqual([]);
    await send("POST", "/events/send", order);
    expect(await emailsIn(buyers)).toEqual(["free@example.com"]);
  });

  test("is never written to by hand", async () => {
    const contact = "/contacts/free@example.com";
    for (const [method, path, body] of [
      ["POST", `/audiences/${pros}/contacts`, { email: "free@example.com" }],
      ["POST", `/segments/${pros}/contacts`, { email: "new@example.com" }],
      ["DELETE", `/audiences/${pros}/contacts/pro@example.com`, undefined],
      ["POST", `${contact}/segments/${pros}`, undefined],
      ["DELETE", `/contacts/pro@example.com/segments/${pros}`, undefined],
      ["POST", "/contacts", { email: "new@example.com", audiences: [pros] }],
      ["PUT", contact, { audiences: [pros] }],
    ] as const) {
      const refused = await send(method, path, body);
      expect([method, path, refused.status]).toEqual([method, path, 409]);
      expect(refused.body).toMatchObject({
        code: "conflict",
        detail: expect.stringContaining("rule"),
      });
    }
    const batch = [{ email: "free@example.com", audiences: [pros] }];
    const headers = { "x-batch-validation": "permissive" };
    const taken = await send("POST", "/contacts/batch", batch, { headers });
    expect(taken.body).toMatchObject({ data: [], errors: [{ index: 0, code: "conflict" }] });
    expect(await emailsIn(pros)).toEqual(["pro@example.com"]);
    expect(await db().audienceMember.count({ where: { audienceId: pros } })).toBe(0);
  });

  test("gets another rule; a list gets none", async () => {
    const changed = await send("PATCH", `/audiences/${pros}`, { rule: BUYERS });
    expect(changed.body).toMatchObject({ name: "Pros", rule: BUYERS });
    expect(await emailsIn(pros)).toEqual([]);
    const list = String((await send("POST", "/audiences", { name: "List" })).body.id);
    expect((await send("PATCH", `/audiences/${list}`, { rule: PROS })).status).toBe(409);
    expect((await send("PATCH", `/audiences/${list}`, {})).status).toBe(422);
    const wrong = { name: "W", rule: { match: "all", conditions: [] } };
    expect((await send("POST", "/audiences", wrong)).status).toBe(422);
  });

  test("knows nothing of other workspaces and environments", async () => {
    const strangers = [
      await givenWorkingKey(await givenOwner(), { scopes: SCOPES }),
      await givenWorkingKey(owner, { scopes: SCOPES, environment: "test" }),
    ];
    for (const stranger of strangers) {
      const options = { secret: stranger.secret };
      await send("PUT", "/contacts/other@example.com", { properties: { plan: "pro" } }, options);
      expect((await send("GET", `/audiences/${pros}`, undefined, options)).status).toBe(404);
      expect((await send("PATCH", `/audiences/${pros}`, { name: "X" }, options)).status).toBe(404);
    }
    expect(await emailsIn(pros)).toEqual(["pro@example.com"]);
  });
});

describe("a key that is limited to an audience with a rule", () => {
  let limited: CallOptions;

  beforeEach(async () => {
    const key = await givenWorkingKey(owner, { scopes: SCOPES, audiences: [pros] });
    limited = { secret: key.secret };
  });

  test("reaches whoever the rule describes, and nobody else", async () => {
    const { body } = await send("GET", "/contacts", undefined, limited);
    expect(body.data).toMatchObject([{ email: "pro@example.com" }]);
    const event = (email: string) => send("POST", "/events/send", { event: "x", email }, limited);
    expect((await event("pro@example.com")).status).toBe(201);
    expect((await event("free@example.com")).status).toBe(404);
    const out = { properties: { plan: "free" } };
    expect((await send("PATCH", "/contacts/pro@example.com", out, limited)).status).toBe(200);
    expect((await send("GET", "/contacts/pro@example.com", undefined, limited)).status).toBe(404);
    expect((await send("GET", "/events", undefined, limited)).body.data).toEqual([]);
  });

  test("cannot widen the rule to reach more", async () => {
    const refused = await send("PATCH", `/audiences/${pros}`, { rule: BUYERS }, limited);
    expect([refused.status, refused.body.code]).toEqual([403, "audience_not_allowed"]);
    const renamed = await send("PATCH", `/audiences/${pros}`, { name: "Mine" }, limited);
    expect(renamed.body).toMatchObject({ name: "Mine", rule: PROS });
  });

  test("learns when a contact of it is deleted", async () => {
    const { body } = await send("GET", "/contacts/pro@example.com");
    await send("DELETE", "/contacts/free@example.com");
    await send("DELETE", "/contacts/pro@example.com");
    const seen = await send("GET", "/contacts/deleted", undefined, limited);
    expect(seen.body.data).toMatchObject([{ id: body.id }]);
  });
});
