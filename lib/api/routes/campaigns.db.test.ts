import { beforeEach, describe, expect, test } from "vitest";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { setAsideCampaign } from "@/lib/mail/campaigns/set-aside";
import { addDomain } from "@/lib/mail/sending-domains/member-domains";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenList } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const SCOPES = ["campaigns:read", "campaigns:send", "templates:read", "templates:write"] as const;

let owner: MemberActor;
let secret: string;
let audienceId: string;
let sale: Record<string, unknown>;

beforeEach(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, { scopes: [...SCOPES] })).secret;
  audienceId = (await givenList(owner, 3)).audienceId;
  sale = {
    name: "Winter sale",
    audience_id: audienceId,
    from: "Acme <hello@acme.example>",
    subject: "For {{ contact.first_name }}",
    html: "<p>Sale</p>",
  };
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await call(path, { method, secret, ...sent, ...options });
  return { status: response.status, body: await jsonOf(response) };
}

async function jobsOf(id: unknown): Promise<number> {
  const sql = "SELECT count(*)::int AS jobs FROM graphile_worker.jobs WHERE key = $1";
  return (await pool().query(sql, [`campaign:${id}`])).rows[0].jobs;
}

describe("a campaign", () => {
  test("is not sent by a key that may not send from its domain", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    for (const name of ["acme.example", "other.example"]) await addDomain(owner, { name }, now());
    const sendingDomains = ["other.example"];
    const limited = (await givenWorkingKey(owner, { scopes: [...SCOPES], sendingDomains })).secret;
    const refused = await send("POST", `/campaigns/${body.id}/send`, {}, { secret: limited });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "from" }] } });
    expect(await jobsOf(body.id)).toBe(0);
  });

  test("is drafted, sent, reported and listed", async () => {
    const made = await send("POST", "/campaigns", sale);
    expect(made).toMatchObject({
      status: 201,
      body: { ...sale, object: "campaign", status: "draft", segment_id: audienceId, text: "" },
    });
    const path = `/campaigns/${made.body.id}`;
    expect((await send("GET", path)).body).toEqual(made.body);
    const sent = await send("POST", `${path}/send`, {});
    expect(sent).toMatchObject({ status: 200, body: { status: "sending", scheduled_at: null } });
    expect(await jobsOf(made.body.id)).toBe(1);
    await sendToAudience(String(made.body.id), now);
    const report = await send("GET", `${path}/report`);
    expect(report.body).toMatchObject({
      object: "campaign_report",
      status: "sending",
      recipients: 3,
      delivered: 0,
      links: [],
      opens: { unique: 0, total: 0 },
      rates: { delivered: 0, opened: null },
    });
    const recipients = await send("GET", `${path}/recipients?limit=2`);
    expect(recipients.body).toMatchObject({
      has_more: true,
      data: [{ object: "campaign_recipient", status: "queued", opened_at: null }, {}],
    });
    const rest = await send("GET", `${path}/recipients?after=${recipients.body.next_cursor}`);
    expect(rest.body).toMatchObject({ has_more: false, data: [{ email: "person-0@example.com" }] });
    const listed = await send("GET", "/campaigns?status=sending");
    expect(listed.body).toMatchObject({ data: [{ id: made.body.id, recipients: 3 }] });
    expect((await send("GET", "/campaigns?status=draft")).body.data).toEqual([]);
  });

  test("takes what a template says, and its own words before it", async () => {
    const template = { name: "T", subject: "From template", html: "<p>T</p>", text: "T" };
    const { body } = await send("POST", "/templates", template);
    const { subject: _, html: __, ...rest } = sale;
    const made = await send("POST", "/campaigns", { ...rest, template_id: body.id });
    expect(made.body).toMatchObject({ subject: "From template", html: "<p>T</p>", text: "T" });
    const own = { ...rest, template_id: body.id, subject: "Mine" };
    expect((await send("POST", "/campaigns", own)).body).toMatchObject({ subject: "Mine" });
    const key = await givenWorkingKey(owner, { scopes: ["campaigns:send"] });
    const refused = await send("POST", "/campaigns", own, { secret: key.secret });
    expect(refused.body.errors).toMatchObject([{ path: "template_id" }]);
  });

  test("is scheduled and canceled", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    const path = `/campaigns/${body.id}`;
    const at = new Date(now().getTime() + 3_600_000).toISOString();
    const scheduled = await send("POST", `${path}/send`, { scheduled_at: at });
    expect(scheduled.body).toMatchObject({ status: "scheduled", scheduled_at: at });
    expect((await send("POST", `${path}/send`, {})).status).toBe(409);
    expect(await jobsOf(body.id)).toBe(1);
    const canceled = await send("POST", `${path}/cancel`);
    expect(canceled.body).toMatchObject({ status: "canceled" });
    expect(await jobsOf(body.id)).toBe(0);
    expect((await send("POST", `${path}/cancel`)).status).toBe(409);
    expect((await send("POST", `${path}/send`, {})).status).toBe(409);
  });

  test("that was given up says why", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    expect(body.set_aside).toBeNull();
    const path = `/campaigns/${body.id}`;
    await send("POST", `${path}/send`, {});
    await setAsideCampaign(String(body.id), now());
    const why = {
      status: "canceled",
      set_aside: { code: "crashes", message: expect.stringContaining("stopped twice") },
    };
    expect((await send("GET", path)).body).toMatchObject(why);
    expect((await send("GET", "/campaigns")).body).toMatchObject({ data: [why] });
  });

  test("is deleted while it is a draft, and stays on record afterwards", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    const path = `/campaigns/${body.id}`;
    const deleted = { object: "campaign", id: body.id, deleted: true };
    expect(await send("DELETE", path)).toEqual({ status: 200, body: deleted });
    expect((await send("GET", path)).status).toBe(404);
    expect((await send("DELETE", path)).status).toBe(404);
    const sent = await send("POST", "/campaigns", sale);
    await send("POST", `/campaigns/${sent.body.id}/send`, {});
    expect((await send("DELETE", `/campaigns/${sent.body.id}`)).status).toBe(409);
    expect((await send("GET", `/campaigns/${sent.body.id}`)).status).toBe(200);
  });

  test("is sent once, however many ask at once", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    const path = `/campaigns/${body.id}/send`;
    const plain = await Promise.all(Array.from({ length: 10 }, () => send("POST", path, {})));
    expect(plain.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await jobsOf(body.id)).toBe(1);
  });

  test("ten callers with one Idempotency-Key make one campaign", async () => {
    const headers = { "idempotency-key": "make-once" };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send("POST", "/campaigns", sale, { headers })),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await db().campaign.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
  });
});

test.each([
  [{ from: "nobody" }, "from"],
  [{ from: "Acme\r\nBcc: eve@example.com <a@example.com>" }, "from"],
  [{ subject: undefined }, "subject"],
  [{ html: undefined }, "html"],
  [{ html: "{% if %}" }, "html"],
  [{ html: "{{ contact.email | shout }}" }, "html"],
  [{ audience_id: undefined }, "audience_id"],
  [{ audience_id: "aud_01jd9zk4tqe8b9q3v5x7y2w1za" }, "audience_id"],
  [{ template_id: "tpl_01jd9zk4tqe8b9q3v5x7y2w1za" }, "template_id"],
  [{ name: "" }, "name"],
  [{ status: "sent" }, "status"],
])("bad input is refused with its field: %j", async (change, field) => {
  const refused = await send("POST", "/campaigns", { ...sale, ...change });
  expect(refused.status).toBe(422);
  expect((refused.body.errors as { path: string }[])[0]?.path).toBe(field);
});

test("a time that is past or too far ahead is refused", async () => {
  const { body } = await send("POST", "/campaigns", sale);
  for (const at of ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "tomorrow"]) {
    const refused = await send("POST", `/campaigns/${body.id}/send`, { scheduled_at: at });
    expect(refused.body.errors).toMatchObject([{ path: "scheduled_at" }]);
  }
});

describe("a campaign is nobody else's", () => {
  const READ = ["", "/report", "/recipients"];

  async function expectHidden(id: unknown, options: CallOptions) {
    expect((await send("GET", "/campaigns", undefined, options)).body.data).toEqual([]);
    for (const part of READ) {
      expect((await send("GET", `/campaigns/${id}${part}`, undefined, options)).status).toBe(404);
    }
    expect((await send("POST", `/campaigns/${id}/send`, {}, options)).status).toBe(404);
    expect((await send("POST", `/campaigns/${id}/cancel`, undefined, options)).status).toBe(404);
  }

  test("in other workspaces and the test environment", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    const foreign = await givenWorkingKey(await givenOwner(), { scopes: [...SCOPES] });
    const inTest = await givenWorkingKey(owner, { scopes: [...SCOPES], environment: "test" });
    for (const by of [foreign, inTest]) {
      await expectHidden(body.id, { secret: by.secret });
      const refused = await send("POST", "/campaigns", sale, { secret: by.secret });
      expect(refused.body.errors).toMatchObject([{ path: "audience_id" }]);
    }
    expect((await send("GET", `/campaigns/${body.id}`)).body.status).toBe("draft");
  });

  test("for a key that is limited to other audiences", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    const other = (await givenList(await givenOwner(), 0)).audienceId;
    const mine = await db().audience.update({
      where: { id: other },
      data: { workspaceId: owner.workspaceId },
    });
    const key = await givenWorkingKey(owner, { scopes: [...SCOPES], audiences: [mine.id] });
    await expectHidden(body.id, { secret: key.secret });
    const refused = await send("POST", "/campaigns", sale, { secret: key.secret });
    expect(refused.status).toBe(422);
    const allowed = await send(
      "POST",
      "/campaigns",
      { ...sale, audience_id: mine.id },
      { secret: key.secret },
    );
    expect(allowed.status).toBe(201);
  });

  test("without the scope", async () => {
    const { body } = await send("POST", "/campaigns", sale);
    const reader = {
      secret: (await givenWorkingKey(owner, { scopes: ["campaigns:read"] })).secret,
    };
    const sender = {
      secret: (await givenWorkingKey(owner, { scopes: ["campaigns:send"] })).secret,
    };
    const path = `/campaigns/${body.id}`;
    const refusals = [
      await send("POST", "/campaigns", sale, reader),
      await send("POST", `${path}/send`, {}, reader),
      await send("POST", `${path}/cancel`, undefined, reader),
      await send("GET", "/campaigns", undefined, sender),
      ...(await Promise.all(READ.map((part) => send("GET", path + part, undefined, sender)))),
    ];
    for (const refused of refusals) {
      expect([refused.status, refused.body.code]).toEqual([403, "insufficient_scope"]);
    }
  });
});
