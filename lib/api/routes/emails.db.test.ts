import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { emailHash } from "@/lib/mail/address/email-hash";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, now, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";
import type { SuppressionReason } from "@/prisma/generated/enums";

const SCOPES = { scopes: ["emails:send", "emails:read"] as ("emails:send" | "emails:read")[] };

let owner: MemberActor;
let secret: string;
let testSecret: string;
let strangersSecret: string;

beforeAll(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, SCOPES)).secret;
  testSecret = (await givenWorkingKey(owner, { ...SCOPES, environment: "test" })).secret;
  strangersSecret = (await givenWorkingKey(await givenOwner(), SCOPES)).secret;
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const response = await call(path, {
    method,
    secret,
    ...(body === undefined ? {} : { body }),
    ...options,
  });
  return { status: response.status, headers: response.headers, body: await jsonOf(response) };
}

const EMAIL = { from: "Shop <shop@example.com>", to: "anna@example.com", subject: "Your order" };

async function givenSent(values: object = {}, options: CallOptions = {}): Promise<string> {
  const { status, body } = await send(
    "POST",
    "/emails",
    { ...EMAIL, text: "Hi", ...values },
    options,
  );
  expect(status).toBe(200);
  return String(body.id);
}

const FILE = { filename: "a.txt", content: "aGk=" };

const inAnHour = () => later(now(), HOUR_MS).toISOString();

describe("sending an email", () => {
  test("it is accepted, stored with its job, and can be read", async () => {
    const id = await givenSent({
      to: ["Anna <anna@example.com>", "bo@example.com"],
      cc: "cc@example.com",
      html: "<p>Hi</p>",
      reply_to: ["help@example.com"],
      tags: [{ name: "kind", value: "order" }],
      headers: { "X-Order": "17" },
      attachments: [{ filename: "bill.pdf", content: Buffer.from("PDF").toString("base64") }],
    });
    const { status, body } = await send("GET", `/emails/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: "email",
      id,
      from: "Shop <shop@example.com>",
      bcc: null,
      last_event: "queued",
      to: ["Anna <anna@example.com>", "bo@example.com"],
      cc: ["cc@example.com"],
      html: "<p>Hi</p>",
      text: "Hi",
      message_id: `<${id}@example.com>`,
      scheduled_at: null,
      tags: [{ name: "kind", value: "order" }],
      reply_to: ["help@example.com"],
      events: [{ type: "queued" }],
    });
    const attachment = await db().emailAttachment.findFirst({ where: { emailId: id } });
    expect(attachment).toMatchObject({ filename: "bill.pdf", contentType: "application/pdf" });
    await deliverEmail(id, now, null);
    const after = await send("GET", `/emails/${id}`);
    expect(after.body).toMatchObject({
      last_event: "kept",
      events: [{ type: "queued" }, { type: "kept" }],
    });
  });

  test("it stands in the history of the contact that it goes to", async () => {
    const writer = await givenWorkingKey(owner, { scopes: ["contacts:write"] });
    const email = `${randomUUID()}@example.com`;
    const contact = await send("POST", "/contacts", { email }, { secret: writer.secret });
    const id = await givenSent({ to: `Anna <${email.toUpperCase()}>` });
    expect(await db().email.findUnique({ where: { id } })).toMatchObject({
      contactId: contact.body.id,
    });
  });

  test("the answer says who gets nothing, and why", async () => {
    await db().suppression.create({
      data: {
        workspaceId: owner.workspaceId,
        environment: "live",
        reason: "bounced",
        emailHash: emailHash(owner.workspaceId, "out@example.com"),
        createdAt: now(),
      },
    });
    const { body } = await send("POST", "/emails", { ...EMAIL, to: "Out@example.com", text: "Hi" });
    expect(body.suppressed).toEqual([{ email: "out@example.com", reason: "bounced" }]);
    expect((await send("GET", `/emails/${body.id}`)).body).toMatchObject({
      last_event: "suppressed",
      events: [{ type: "suppressed", recipients: ["out@example.com"], reason: "bounced" }],
    });
    const test = { ...EMAIL, to: "out@example.com", text: "Hi" };
    expect((await send("POST", "/emails", test, { secret: testSecret })).body).not.toHaveProperty(
      "suppressed",
    );
  });

  describe("to somebody who has left the newsletter", () => {
    async function given(reason: SuppressionReason) {
      const email = `${randomUUID()}@example.com`;
      await db().suppression.create({
        data: {
          workspaceId: owner.workspaceId,
          environment: "live",
          reason,
          emailHash: emailHash(owner.workspaceId, email),
          createdAt: now(),
        },
      });
      return email;
    }

    async function sentTo(to: string, values: object = {}, as: CallOptions = {}) {
      const { body } = await send("POST", "/emails", { ...EMAIL, to, text: "Hi", ...values }, as);
      const id = String(body.id);
      await deliverEmail(id, now, null);
      const { status } = await db().email.findUniqueOrThrow({ where: { id } });
      return { status, suppressed: body.suppressed };
    }

    test("a receipt goes out", async () => {
      const answer = await sentTo(await given("unsubscribed"));
      expect(answer).toEqual({ status: "delivered", suppressed: undefined });
    });

    test("an email that asks to leave them out does not, nor one of a key that always does", async () => {
      const to = await given("unsubscribed");
      const kept = { status: "suppressed", suppressed: [{ email: to, reason: "unsubscribed" }] };
      expect(await sentTo(to, { skip_unsubscribed: true })).toEqual(kept);
      const strict = await givenWorkingKey(owner, {
        scopes: ["emails:send"],
        skipUnsubscribed: true,
      });
      expect(await sentTo(to, {}, { secret: strict.secret })).toEqual(kept);
      expect(await sentTo(to, { skip_unsubscribed: false }, { secret: strict.secret })).toEqual(
        kept,
      );
      expect(await sentTo(to, { skip_unsubscribed: false })).toMatchObject({ status: "delivered" });
    });

    test("who leaves while a strict email waits gets nothing", async () => {
      const to = `${randomUUID()}@example.com`;
      const strict = await givenSent({ to, skip_unsubscribed: true });
      const receipt = await givenSent({ to });
      await db().suppression.create({
        data: {
          workspaceId: owner.workspaceId,
          environment: "live",
          reason: "unsubscribed",
          emailHash: emailHash(owner.workspaceId, to),
          createdAt: now(),
        },
      });
      for (const id of [strict, receipt]) await deliverEmail(id, now, null);
      const statusOf = async (id: string) =>
        (await db().email.findUniqueOrThrow({ where: { id } })).status;
      expect([await statusOf(strict), await statusOf(receipt)]).toEqual([
        "suppressed",
        "delivered",
      ]);
    });

    test.each(["bounced", "complained", "manual"] as const)(
      "nothing goes out at all where the reason is %s",
      async (reason) => {
        const to = await given(reason);
        const kept = { status: "suppressed", suppressed: [{ email: to, reason }] };
        expect(await sentTo(to)).toEqual(kept);
        expect(await sentTo(to, { skip_unsubscribed: false })).toEqual(kept);
      },
    );

    test("another reason beside it still holds", async () => {
      const to = await given("unsubscribed");
      const workspace = { workspaceId: owner.workspaceId, environment: "live" } as const;
      const entry = { emailHash: emailHash(owner.workspaceId, to), createdAt: now() };
      await db().suppression.create({ data: { ...workspace, ...entry, reason: "manual" } });
      expect((await sentTo(to)).suppressed).toEqual([{ email: to, reason: "manual" }]);
    });
  });

  test.each(["before it was sent", "while it waited"])(
    "of two people, one suppressed %s, its events tell what became of each",
    async (when) => {
      const email = `${randomUUID()}@example.com`;
      const suppress = () =>
        db().suppression.create({
          data: {
            workspaceId: owner.workspaceId,
            environment: "live",
            reason: "bounced",
            emailHash: emailHash(owner.workspaceId, email),
            createdAt: now(),
          },
        });
      if (when === "before it was sent") await suppress();
      const id = await givenSent({ to: ["anna@example.com", email] });
      if (when === "while it waited") await suppress();
      await deliverEmail(id, now, null);
      const { body } = await send("GET", `/emails/${id}`);
      expect(body).toMatchObject({
        last_event: "kept",
        events: [
          { type: "queued" },
          { type: "suppressed", recipients: [email], reason: "bounced" },
          { type: "kept", recipients: ["anna@example.com"] },
        ],
      });
    },
  );

  test("ten calls with one Idempotency-Key send one email", async () => {
    const options = { headers: { "idempotency-key": randomUUID() } };
    const to = `${randomUUID()}@example.com`;
    const body = { ...EMAIL, to, text: "Hi" };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send("POST", "/emails", body, options)),
    );
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect(await db().email.count({ where: { recipients: { has: to } } })).toBe(1);
  });

  test("ten MiB of attachments are taken, more are not", async () => {
    const file = (bytes: number) => ({
      filename: "big.bin",
      content: Buffer.alloc(bytes, 7).toString("base64"),
    });
    const half = 5 * 1_024 * 1_024;
    await givenSent({ attachments: [file(half), file(half)] });
    const attachments = [file(half), file(half + 3)];
    const { status, body } = await send("POST", "/emails", { ...EMAIL, text: "Hi", attachments });
    expect([status, body.detail]).toEqual([
      422,
      "attachments: Attachments may have at most 10 MiB together.",
    ]);
  });

  test.each<[string, unknown]>([
    ["base64", "UERGAP8="],
    ["base64 in lines", "UERG\r\nAP8="],
    ["a list of bytes", [80, 68, 70, 0, 255]],
    ["Node's Buffer", Buffer.from([80, 68, 70, 0, 255])],
    ["Node's Buffer in JSON", { type: "Buffer", data: [80, 68, 70, 0, 255] }],
  ])("an attachment is taken as %s", async (_, content) => {
    const file = { filename: "a.pdf", content, inline_content_id: "logo" };
    const id = await givenSent({ attachments: [file] });
    const [stored] = await db().emailAttachment.findMany({ where: { emailId: id } });
    expect([...(stored?.content ?? [])]).toEqual([80, 68, 70, 0, 255]);
    expect(stored?.contentId).toBe("logo");
  });

  test("a file of a megabyte is taken as a list of its bytes, a longer list and other lists are not", async () => {
    const content = Buffer.alloc(1_000_000, 255);
    const id = await givenSent({ attachments: [{ filename: "a.pdf", content }] });
    const [stored] = await db().emailAttachment.findMany({ where: { emailId: id } });
    expect(stored && content.equals(stored.content)).toBe(true);
    const refused = async (values: object) => {
      const { status, body } = await send("POST", "/emails", { ...EMAIL, text: "Hi", ...values });
      return [status, body.detail];
    };
    const values = "holds at most 10,000 values: texts, numbers, lists and objects together.";
    const long = { filename: "a.pdf", content: Buffer.alloc(1_100_000, 1) };
    expect(await refused({ attachments: [long] })).toEqual([
      413,
      "POST /emails takes lists of at most 1,048,576 bytes in all. Send larger files as base64.",
    ]);
    const many = Array(20_000).fill(1);
    for (const field of [{ to: many }, { attachments: many }, { unknown: { a: many } }]) {
      expect(await refused(field)).toEqual([413, `An entry of POST /emails ${values}`]);
    }
  });

  test.each<[unknown]>([
    [[256]],
    [[-1]],
    [[1.5]],
    [["80"]],
    [[80, null]],
    [{ type: "Buffer", data: [300] }],
    [{ type: "Buffer" }],
    [{ 0: 80, 1: 68 }],
    ["UERG="],
    [7],
    [null],
  ])("an attachment with the content %j is refused", async (content) => {
    const attachments = [{ filename: "a.pdf", content }];
    const { status, body } = await send("POST", "/emails", { ...EMAIL, text: "Hi", attachments });
    expect(status).toBe(422);
    expect((body.errors as { path: string }[])[0]?.path).toMatch(/^attachments\.0\.content/);
  });

  test("what resend's API has and this one has not may be left out, and the answer says so", async () => {
    const values = { ...EMAIL, text: "Hi", topic_id: "b6d24b8e-af0b-4c3c-be0c-359bbd97381e" };
    const one = await send("POST", "/emails", values);
    const wrong = { path: "topic_id", message: expect.stringContaining("Leave this field out") };
    expect([one.status, one.body.errors]).toEqual([422, [wrong]]);
    const batch = await send("POST", "/emails/batch", [{ ...EMAIL, text: "Hi" }, values]);
    expect(batch.body.errors).toEqual([{ ...wrong, path: "1.topic_id" }]);
  });

  test.each([
    ["from", { from: "shop" }],
    ["from", { from: "Shop\r\nBcc: all@example.com <shop@example.com>" }],
    ["from", { from: "Shop\u2028 <shop@example.com>" }],
    ["from", { from: "a@example.com, b@example.com" }],
    ["to", { to: [] }],
    ["to.1", { to: ["anna@example.com", "anna@example.com\nBcc: x@example.com"] }],
    ["to", { to: Array.from({ length: 51 }, (_, at) => `p${at}@example.com`) }],
    ["cc", { cc: "nobody" }],
    ["reply_to", { reply_to: "x@example.com\r\nX-Evil: 1" }],
    ["subject", { subject: "Hi\r\nBcc: all@example.com" }],
    ["subject", { subject: "Hi\u2029there" }],
    ["subject", { subject: "" }],
    ["headers.X-A", { headers: { "X-A": "1\r\nBcc: all@example.com" } }],
    ["headers.X-A\r\nBcc", { headers: { "X-A\r\nBcc": "1" } }],
    ["headers.X-A", { headers: { "X-A": "x".repeat(1_500) } }],
    ["headers.X-A", { headers: { "X-A": `words ${"x".repeat(1_000)}` } }],
    ["headers.References", { headers: { References: `<${"a".repeat(1_000)}@example.com>` } }],
    [
      "headers.List-Unsubscribe",
      { headers: { "List-Unsubscribe": `<https://example.com/${"u".repeat(1_000)}>` } },
    ],
    ["skip_unsubscribed", { skip_unsubscribed: "yes" }],
    ["headers.Bcc", { headers: { Bcc: "all@example.com" } }],
    ["headers.content-type", { headers: { "content-type": "text/plain" } }],
    ["headers.Message-ID", { headers: { "Message-ID": "<x@y>" } }],
    ["tags.0.name", { tags: [{ name: "a b", value: "c" }] }],
    ["attachments.0.filename", { attachments: [{ filename: "a\r\nb", content: "" }] }],
    ["attachments.0.content", { attachments: [{ filename: "a", content: "not base64!" }] }],
    [
      "attachments.0.content_type",
      { attachments: [{ ...FILE, content_type: "text/plain; x=\r\n" }] },
    ],
    ["attachments.0.content_id", { attachments: [{ ...FILE, content_id: "a>\r\nX: 1" }] }],
    ["attachments.0.path", { attachments: [{ ...FILE, path: "http://169.254.169.254/" }] }],
    ["scheduled_at", { scheduled_at: "in 5 minutes" }],
    ["scheduled_at", { scheduled_at: later(now(), 400 * DAY_MS).toISOString() }],
    ["template.id", { text: undefined, template: { id: "tpl_none" } }],
    ["template", { template: { id: "tpl_none" } }],
    ["html", { text: undefined }],
    ["react", { react: "<b>" }],
  ])("wrong %s is refused, and nothing is sent", async (path, values) => {
    const before = await db().email.count();
    const { status, body } = await send("POST", "/emails", { ...EMAIL, text: "Hi", ...values });
    expect([status, body.code]).toEqual([422, "validation_error"]);
    const paths = (body.errors as { path: string }[]).map((error) => error.path);
    expect(paths).toContain(path);
    expect(await db().email.count()).toBe(before);
  });

  test("a template is filled in, and says what it lacks", async () => {
    const writer = await givenWorkingKey(owner, { scopes: ["templates:write"] });
    const template = await send(
      "POST",
      "/templates",
      {
        name: "Order",
        subject: "Order {{ number }}",
        html: "<b>{{ name }}</b>",
        text: "{{ name }}",
      },
      { secret: writer.secret },
    );
    const { subject: _, ...unnamed } = EMAIL;
    const id = await givenSent({
      subject: undefined,
      text: undefined,
      template: { id: template.body.id, variables: { number: 17, name: "<Anna>" } },
    });
    expect((await send("GET", `/emails/${id}`)).body).toMatchObject({
      subject: "Order 17",
      html: "<b>&lt;Anna&gt;</b>",
      text: "<Anna>",
      template_id: template.body.id,
    });
    const lacking = { ...unnamed, template: { id: template.body.id, variables: { number: 17 } } };
    const refused = await send("POST", "/emails", lacking);
    expect([refused.status, refused.body.code]).toEqual([422, "validation_error"]);
    expect(String(refused.body.detail)).toContain("name");
    const stranger = await send("POST", "/emails", lacking, { secret: strangersSecret });
    expect(stranger.body.errors).toMatchObject([{ path: "template.id" }]);
  });
});

describe("a batch", () => {
  const good = (to: string) => ({ ...EMAIL, to, text: "Hi" });

  test("is answered by one id for each, in order", async () => {
    const emails = ["one@example.com", "two@example.com"].map(good);
    const { status, body } = await send("POST", "/emails/batch", emails);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["data"]);
    const ids = (body.data as { id: string }[]).map(({ id }) => id);
    for (const [at, id] of ids.entries()) {
      expect((await send("GET", `/emails/${id}`)).body.to).toEqual([emails[at]?.to]);
    }
  });

  test("with one wrong email sends none, or the others where it may", async () => {
    const emails = [good("three@example.com"), { ...EMAIL, to: "nobody", text: "Hi" }, 7];
    const strict = await send("POST", "/emails/batch", emails);
    expect(strict.status).toBe(422);
    expect(strict.body.errors).toMatchObject([{ path: "1.to" }, { path: "2" }]);
    const sentTo = async () =>
      await db().email.count({ where: { recipients: { has: "three@example.com" } } });
    expect(await sentTo()).toBe(0);
    const headers = { "x-batch-validation": "permissive" };
    const permissive = await send("POST", "/emails/batch", emails, { headers });
    expect(permissive.status).toBe(200);
    expect(permissive.body.data).toHaveLength(1);
    expect(permissive.body.errors).toMatchObject([{ index: 1 }, { index: 2 }]);
    expect(await sentTo()).toBe(1);
  });

  test.each([[[]], [Array.from({ length: 101 }, () => good("x@example.com"))], [{}]])(
    "of no length that is allowed is refused",
    async (emails) => {
      expect((await send("POST", "/emails/batch", emails)).status).toBe(422);
    },
  );

  test("of an unknown mode is refused", async () => {
    const headers = { "x-batch-validation": "maybe" };
    const { status } = await send("POST", "/emails/batch", [good("x@example.com")], { headers });
    expect(status).toBe(422);
  });
});

describe("a scheduled email", () => {
  test("waits, can be given another time, and is canceled once", async () => {
    const id = await givenSent({ scheduled_at: inAnHour() });
    expect((await send("GET", `/emails/${id}`)).body.last_event).toBe("scheduled");
    const scheduled_at = later(now(), 2 * HOUR_MS).toISOString();
    const moved = await send("PATCH", `/emails/${id}`, { scheduled_at });
    expect([moved.status, moved.body]).toEqual([200, { object: "email", id }]);
    expect((await send("GET", `/emails/${id}`)).body.scheduled_at).toBe(scheduled_at);
    const canceled = await send("POST", `/emails/${id}/cancel`);
    expect([canceled.status, canceled.body]).toEqual([200, { object: "email", id }]);
    expect((await send("POST", `/emails/${id}/cancel`)).status).toBe(409);
    expect((await send("PATCH", `/emails/${id}`, { scheduled_at })).status).toBe(409);
    await deliverEmail(id, () => later(now(), DAY_MS), null);
    expect((await send("GET", `/emails/${id}`)).body.last_event).toBe("canceled");
  });

  test("is not delivered before its time, whatever runs the job", async () => {
    const id = await givenSent({ scheduled_at: inAnHour() });
    await deliverEmail(id, now, null);
    expect((await send("GET", `/emails/${id}`)).body.last_event).toBe("scheduled");
    await deliverEmail(id, () => later(now(), HOUR_MS), null);
    expect((await send("GET", `/emails/${id}`)).body.last_event).toBe("kept");
  });

  test("is either canceled or delivered when both come at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 10 }, () => givenSent({ scheduled_at: inAnHour() })),
    );
    const due = later(now(), 2 * HOUR_MS);
    for (const id of ids) {
      const [canceled] = await Promise.all([
        send("POST", `/emails/${id}/cancel`),
        deliverEmail(id, () => due, null),
      ]);
      const { last_event } = (await send("GET", `/emails/${id}`)).body;
      expect(last_event).toBe(canceled.status === 200 ? "canceled" : "kept");
    }
  });

  test("whose time came while it was on its way goes out at once", async () => {
    const id = await givenSent({ scheduled_at: later(now(), -30 * SECOND_MS).toISOString() });
    expect((await send("GET", `/emails/${id}`)).body.last_event).toBe("queued");
  });

  test.each([["2020-01-01T00:00:00+02:00"], [later(now(), -2 * MINUTE_MS).toISOString()]])(
    "for the past is refused, and none is moved there: %s",
    async (scheduled_at) => {
      const id = await givenSent({ scheduled_at: inAnHour() });
      for (const answer of [
        await send("POST", "/emails", { ...EMAIL, text: "Hi", scheduled_at }),
        await send("PATCH", `/emails/${id}`, { scheduled_at }),
      ]) {
        expect([answer.status, answer.body.errors]).toEqual([
          422,
          [{ path: "scheduled_at", message: "Use a time in the future, at most a year ahead." }],
        ]);
      }
      expect((await send("GET", `/emails/${id}`)).body.last_event).toBe("scheduled");
    },
  );
});

describe("who may see and do what", () => {
  test("a list is newest first and holds the key's environment and workspace alone", async () => {
    const mine = await givenWorkingKey(await givenOwner(), SCOPES);
    const options = { secret: mine.secret };
    const ids = [await givenSent({}, options), await givenSent({}, options)];
    const first = await send("GET", "/emails?limit=1", undefined, options);
    expect(first.body).toMatchObject({ object: "list", has_more: true, data: [{ id: ids[1] }] });
    const next = `/emails?after=${first.body.next_cursor}`;
    const second = await send("GET", next, undefined, options);
    expect(second.body).toMatchObject({ has_more: false, data: [{ id: ids[0] }] });
    const elsewhere = await send("GET", "/emails", undefined, { secret: testSecret });
    expect(JSON.stringify(elsewhere.body)).not.toContain(ids[0]);
  });

  test.each([
    ["GET", ""],
    ["PATCH", ""],
    ["POST", "/cancel"],
  ])("%s of another workspace's or environment's email is 404", async (method, below) => {
    const id = await givenSent({ scheduled_at: inAnHour() });
    const body = method === "PATCH" ? { scheduled_at: inAnHour() } : undefined;
    for (const other of [strangersSecret, testSecret]) {
      const answer = await send(method, `/emails/${id}${below}`, body, { secret: other });
      expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    }
    expect((await send(method, `/emails/eml_nonsense${below}`, body)).status).toBe(404);
  });

  test("sending and reading are permissions of their own", async () => {
    const id = await givenSent();
    const sender = (await givenWorkingKey(owner, { scopes: ["emails:send"] })).secret;
    const reader = (await givenWorkingKey(owner, { scopes: ["emails:read"] })).secret;
    expect((await send("GET", `/emails/${id}`, undefined, { secret: sender })).status).toBe(403);
    expect((await send("GET", "/emails", undefined, { secret: sender })).status).toBe(403);
    const email = { ...EMAIL, text: "Hi" };
    expect((await send("POST", "/emails", email, { secret: reader })).status).toBe(403);
    expect((await send("POST", "/emails/batch", [email], { secret: reader })).status).toBe(403);
    const cancel = await send("POST", `/emails/${id}/cancel`, undefined, { secret: reader });
    expect(cancel.status).toBe(403);
  });

  test("a key that is limited to audiences sees the emails that it sent itself", async () => {
    const audience = await db().audience.create({
      data: {
        id: newId("aud", now()),
        workspaceId: owner.workspaceId,
        environment: "live",
        name: "VIP",
        createdAt: now(),
        updatedAt: now(),
      },
    });
    const limited = await givenWorkingKey(owner, { ...SCOPES, audiences: [audience.id] });
    const options = { secret: limited.secret };
    const others = await givenSent();
    const own = await givenSent({}, options);
    expect((await send("GET", `/emails/${others}`, undefined, options)).status).toBe(404);
    const list = await send("GET", "/emails", undefined, options);
    expect((list.body.data as { id: string }[]).map(({ id }) => id)).toEqual([own]);
  });
});

describe("sending domains", () => {
  test("with some named, mail comes from those, and a limited key from its own", async () => {
    const admin = await givenOwner();
    const { workspaceId } = admin;
    for (const name of ["shop.example", "news.example"]) {
      await db().sendingDomain.create({
        data: { id: newId("dom", now()), workspaceId, name, createdAt: now() },
      });
    }
    const free = (await givenWorkingKey(admin, SCOPES)).secret;
    const sendingDomains = ["shop.example"];
    const limited = (await givenWorkingKey(admin, { ...SCOPES, sendingDomains })).secret;
    const from = async (address: string, by: string) =>
      await send("POST", "/emails", { ...EMAIL, from: address, text: "Hi" }, { secret: by });
    expect((await from("Shop <a@Shop.example>", free)).status).toBe(200);
    expect((await from("a@news.example", free)).status).toBe(200);
    const foreign = await from("a@elsewhere.example", free);
    expect([foreign.status, foreign.body.detail]).toEqual([
      422,
      "from: This workspace does not send from elsewhere.example. Use an address of: news.example, shop.example.",
    ]);
    expect((await from("a@sub.shop.example", free)).status).toBe(422);
    expect((await from("a@shop.example", limited)).status).toBe(200);
    const other = await from("a@news.example", limited);
    expect([other.status, other.body.detail]).toEqual([
      422,
      "from: This key may not send from news.example. Use an address of: shop.example.",
    ]);
    const scheduled = async (address: string) =>
      await givenSent({ from: address, scheduled_at: inAnHour() }, { secret: free });
    const [theirs, own] = [
      await scheduled("a@news.example"),
      await scheduled("S <b@shop.example>"),
    ];
    const at = { scheduled_at: later(now(), 2 * HOUR_MS).toISOString() };
    const asLimited = { secret: limited };
    const moved = await send("PATCH", `/emails/${theirs}`, at, asLimited);
    const stopped = await send("POST", `/emails/${theirs}/cancel`, undefined, asLimited);
    for (const { status, body } of [moved, stopped]) {
      const detail = "This key may change only emails from shop.example.";
      expect([status, body.detail]).toEqual([404, detail]);
    }
    const untouched = await send("GET", `/emails/${theirs}`, undefined, { secret: free });
    expect(untouched.body).toMatchObject({ last_event: "scheduled" });
    expect(untouched.body.scheduled_at).not.toBe(at.scheduled_at);
    expect((await send("PATCH", `/emails/${own}`, at, asLimited)).status).toBe(200);
    expect((await send("POST", `/emails/${own}/cancel`, undefined, asLimited)).status).toBe(200);
    const me = await send("GET", "/me", undefined, { secret: limited });
    expect(me.body.sending_domains).toEqual(["shop.example"]);
    await db().sendingDomain.deleteMany({ where: { workspaceId, name: "shop.example" } });
    expect((await from("a@shop.example", limited)).status).toBe(422);
  });
});
