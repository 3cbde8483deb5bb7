import { beforeEach, describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const SCOPES = ["contacts:read", "contacts:write", "audiences:read", "audiences:write"] as const;

let owner: MemberActor;
let secret: string;

beforeEach(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, { scopes: [...SCOPES] })).secret;
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await call(path, { method, secret, ...sent, ...options });
  return { status: response.status, body: await jsonOf(response) };
}

const emailsOf = (body: Record<string, unknown>) =>
  (body.data as { email: string }[]).map(({ email }) => email).sort();
const idsOf = (body: Record<string, unknown>) =>
  (body.data as { id: string }[]).map(({ id }) => id);

async function givenAudience(name: string): Promise<string> {
  return String((await send("POST", "/audiences", { name })).body.id);
}

describe("an audience", () => {
  test.each(["audience", "segment"])("is made, read, renamed and deleted as %s", async (word) => {
    const made = await send("POST", `/${word}s`, { name: "  Newsletter " });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      object: word,
      name: "Newsletter",
      dynamic: false,
      rule: null,
    });
    const path = `/${word}s/${made.body.id}`;
    expect((await send("GET", path)).body).toEqual(made.body);
    const renamed = await send("PATCH", path, { name: "News" });
    expect(renamed.body).toEqual({ ...made.body, name: "News" });
    expect((await send("GET", `/${word}s`)).body).toMatchObject({
      object: "list",
      has_more: false,
      data: [renamed.body],
    });
    const deleted = await send("DELETE", path);
    expect(deleted.body).toEqual({ object: word, id: made.body.id, deleted: true });
    expect((await send("GET", path)).status).toBe(404);
    expect((await send("DELETE", path)).status).toBe(404);
  });

  test("takes contacts in every way the client knows, and lets them go", async () => {
    const id = await givenAudience("News");
    const legacy = await send("POST", `/audiences/${id}/contacts`, { email: "a+b@example.com" });
    expect(legacy.status).toBe(201);
    await send("POST", "/contacts", { email: "c@example.com", segments: [{ id }] });
    await send("POST", "/contacts", { email: "d@example.com" });
    const joined = await send("POST", `/contacts/d@example.com/segments/${id}`);
    expect([joined.status, joined.body.id]).toEqual([200, id]);
    const members = await send("GET", `/segments/${id}/contacts`);
    expect(emailsOf(members.body)).toEqual(["a+b@example.com", "c@example.com", "d@example.com"]);
    const one = `/audiences/${id}/contacts/a+b@example.com`;
    expect((await send("GET", one)).body.email).toBe("a+b@example.com");
    expect((await send("PATCH", one, { first_name: "A" })).body.first_name).toBe("A");
    const of = await send("GET", "/contacts/a+b@example.com/segments");
    expect(of.body).toMatchObject({ data: [{ object: "segment", id, name: "News" }] });
    expect((await send("DELETE", one)).body).toMatchObject({ deleted: true });
    expect((await send("GET", one)).status).toBe(404);
    expect((await send("GET", "/contacts/a+b@example.com")).status).toBe(200);
    const left = await send("DELETE", `/contacts/d@example.com/segments/${id}`);
    expect(left.body).toMatchObject({ audienceId: id, deleted: true });
    const again = await send("DELETE", `/contacts/d@example.com/segments/${id}`);
    expect(again.status).toBe(404);
  });

  test("tells a sync who joined and left", async () => {
    const id = await givenAudience("News");
    const before = await send("PUT", "/contacts/a@example.com", {});
    await send("POST", `/contacts/a@example.com/segments/${id}`);
    const joined = await send("GET", "/contacts/a@example.com");
    await send("POST", `/contacts/a@example.com/segments/${id}`);
    expect((await send("GET", "/contacts/a@example.com")).body).toEqual(joined.body);
    await send("DELETE", `/contacts/a@example.com/segments/${id}`);
    const left = await send("GET", "/contacts/a@example.com");
    const times = [before, joined, left].map(({ body }) => Date.parse(String(body.updated_at)));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test("stays while a campaign is about to be sent to it", async () => {
    const id = await givenAudience("News");
    const at = new Date("2026-11-24T12:00:00Z");
    const values = { name: "N", from: "a@example.com", subject: "S", html: "H", audienceId: id };
    await db().campaign.create({
      data: {
        id: `cmp_${owner.workspaceId.slice(4)}`,
        workspaceId: owner.workspaceId,
        environment: "live",
        status: "scheduled",
        replyTo: [],
        createdAt: at,
        updatedAt: at,
        ...values,
      },
    });
    expect((await send("DELETE", `/audiences/${id}`)).status).toBe(409);
    await db().campaign.deleteMany({ where: { audienceId: id } });
    expect((await send("DELETE", `/audiences/${id}`)).status).toBe(200);
  });

  test("is nobody else's: other workspaces, test keys and keys without the scope", async () => {
    const id = await givenAudience("News");
    await send("PUT", "/contacts/a@example.com", { audiences: [id] });
    const foreign = [
      (await givenWorkingKey(await givenOwner(), { scopes: [...SCOPES] })).secret,
      (await givenWorkingKey(owner, { scopes: [...SCOPES], environment: "test" })).secret,
    ];
    for (const by of foreign) {
      const options = { secret: by };
      expect((await send("GET", "/audiences", undefined, options)).body.data).toEqual([]);
      for (const path of [`/audiences/${id}`, `/segments/${id}/contacts`]) {
        expect((await send("GET", path, undefined, options)).status).toBe(404);
      }
      expect((await send("DELETE", `/audiences/${id}`, undefined, options)).status).toBe(404);
      const joining = { email: "b@example.com", audiences: [id] };
      expect((await send("POST", "/contacts", joining, options)).status).toBe(422);
    }
    const reader = (await givenWorkingKey(owner, { scopes: ["contacts:read"] })).secret;
    const refused = await send("POST", "/audiences", { name: "X" }, { secret: reader });
    expect([refused.status, refused.body.code]).toEqual([403, "insufficient_scope"]);
  });
});

describe("a key that is limited to audiences", () => {
  let mine: string;
  let theirs: string;
  let limited: CallOptions;

  beforeEach(async () => {
    mine = await givenAudience("Mine");
    theirs = await givenAudience("Theirs");
    const key = await givenWorkingKey(owner, { scopes: [...SCOPES], audiences: [mine] });
    limited = { secret: key.secret };
    await send("PUT", "/contacts/mine@example.com", { audiences: [mine] });
    await send("PUT", "/contacts/theirs@example.com", { audiences: [theirs] });
    await send("PUT", "/contacts/none@example.com", {});
  });

  test("sees only those, in lists and one by one", async () => {
    expect((await send("GET", "/me", undefined, limited)).body.audiences).toEqual([mine]);
    expect((await send("GET", "/me")).body.audiences).toBeNull();
    const lists = ["/contacts", "/contacts?updated_since=2020-01-01T00:00:00Z"];
    for (const path of lists) {
      expect(emailsOf((await send("GET", path, undefined, limited)).body)).toEqual([
        "mine@example.com",
      ]);
    }
    expect(idsOf((await send("GET", "/audiences", undefined, limited)).body)).toEqual([mine]);
    for (const path of [
      "/contacts/theirs@example.com",
      "/contacts/none@example.com",
      `/audiences/${theirs}`,
      `/audiences/${theirs}/contacts`,
      `/contacts?audience=${theirs}`,
    ]) {
      expect([path, (await send("GET", path, undefined, limited)).status]).toEqual([path, 404]);
    }
  });

  test("touches only those", async () => {
    const change = { first_name: "X" };
    const theirsPath = "/contacts/theirs@example.com";
    expect((await send("PATCH", theirsPath, change, limited)).status).toBe(404);
    expect((await send("DELETE", theirsPath, undefined, limited)).status).toBe(404);
    const join = `/contacts/mine@example.com/segments/${theirs}`;
    expect((await send("POST", join, undefined, limited)).status).toBe(404);
    expect((await send("POST", `${theirsPath}/segments/${mine}`, undefined, limited)).status).toBe(
      404,
    );
    expect((await send("DELETE", `/audiences/${theirs}`, undefined, limited)).status).toBe(404);
    for (const [method, path, body] of [
      ["POST", "/contacts", { email: "new@example.com" }],
      ["POST", "/contacts", { email: "new@example.com", audiences: [theirs] }],
      ["PUT", "/contacts/new@example.com", {}],
      ["PUT", theirsPath, { audiences: [mine] }],
      ["POST", "/audiences", { name: "More" }],
    ] as const) {
      const refused = await send(method, path, body, limited);
      expect([method, path, refused.body.code]).toEqual([method, path, "audience_not_allowed"]);
    }
    const added = { email: "new@example.com", audiences: [mine] };
    expect((await send("POST", "/contacts", added, limited)).status).toBe(201);
    expect((await send("PATCH", "/contacts/mine@example.com", change, limited)).status).toBe(200);
  });

  test("learns of the deletion of theirs only", async () => {
    const { body } = await send("GET", "/contacts/mine@example.com");
    await send("DELETE", "/contacts/theirs@example.com");
    await send("DELETE", "/contacts/mine@example.com");
    const seen = await send("GET", "/contacts/deleted", undefined, limited);
    expect(idsOf(seen.body)).toEqual([body.id]);
    expect(idsOf((await send("GET", "/contacts/deleted")).body)).toHaveLength(2);
  });

  test("reaches nobody once its audience is gone", async () => {
    await send("DELETE", `/audiences/${mine}`);
    expect((await send("GET", "/contacts", undefined, limited)).body.data).toEqual([]);
    expect((await send("GET", "/me", undefined, limited)).body.audiences).toEqual([mine]);
  });
});
