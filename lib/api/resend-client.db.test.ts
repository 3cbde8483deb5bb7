import { Resend } from "resend";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { SCOPES } from "@/lib/people/auth/scopes";
import { type ApiServer, startApiServer } from "@/lib/testing/api-server";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenWorkingKey } from "@/lib/testing/gate";

let server: ApiServer;
let resend: Resend;

beforeAll(async () => {
  server = await startApiServer();
  const owner = await givenOwner();
  const key = await givenWorkingKey(owner, { environment: "test", scopes: [...SCOPES] });
  resend = new Resend(key.secret, { baseUrl: server.base });
});

afterAll(() => server.close());

afterEach(() => expect(server.faults.splice(0)).toEqual([]));

type Answered<T> = { data: T | null; error: unknown };

/** The data of a call that must succeed. */
async function done<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error } = await call;
  expect(error).toBeNull();
  if (data === null) throw new Error("No data came back.");
  return data;
}

describe("the official client's contacts", () => {
  test("are created, read by id and by e-mail, changed and removed", async () => {
    const email = "ada+shop@example.com";
    const made = await done(
      resend.contacts.create({ email, firstName: "Ada", properties: { plan: "pro", seats: 3 } }),
    );
    expect(made).toMatchObject({ object: "contact", id: expect.stringMatching(/^con_/) });
    const shown = { object: "contact", id: made.id, email, first_name: "Ada", unsubscribed: false };
    expect(await done(resend.contacts.get(made.id))).toMatchObject(shown);
    expect(await done(resend.contacts.get({ email }))).toMatchObject(shown);
    const changed = await done(
      resend.contacts.update({ email, lastName: "B", unsubscribed: true }),
    );
    expect(changed).toMatchObject({ object: "contact", id: made.id });
    expect(await done(resend.contacts.get({ id: made.id }))).toMatchObject({
      first_name: "Ada",
      last_name: "B",
      unsubscribed: true,
    });
    expect(await done(resend.contacts.remove({ email }))).toMatchObject({
      object: "contact",
      contact: made.id,
      deleted: true,
    });
    const gone = await resend.contacts.get({ email });
    expect(gone.data).toBeNull();
    expect(gone.error).toMatchObject({ name: "not_found", statusCode: 404 });
    expect(gone.error?.message).toBeTruthy();
  });

  test("are listed page by page", async () => {
    for (const name of ["p1", "p2", "p3"]) {
      await done(resend.contacts.create({ email: `${name}@pages.example` }));
    }
    const first = await done(resend.contacts.list({ limit: 2 }));
    expect(first).toMatchObject({ object: "list", has_more: true });
    expect(first.data.map(({ email }) => email)).toEqual(["p3@pages.example", "p2@pages.example"]);
    const second = await done(resend.contacts.list({ limit: 2, after: first.data[1]?.id ?? "" }));
    expect(second.data[0]?.email).toBe("p1@pages.example");
    const back = await done(resend.contacts.list({ limit: 2, before: second.data[0]?.id ?? "" }));
    expect(back.data).toEqual(first.data);
  });

  test("are kept in an audience by its id", async () => {
    const { id: audienceId } = await done(resend.audiences.create({ name: "Newsletter" }));
    const email = "in+list@example.com";
    const made = await done(resend.contacts.create({ audienceId, email, firstName: "In" }));
    await done(resend.contacts.create({ email: "outside@example.com" }));
    const listed = await done(resend.contacts.list({ audienceId }));
    expect(listed.data.map((contact) => contact.id)).toEqual([made.id]);
    expect(await done(resend.contacts.get({ audienceId, email }))).toMatchObject({ id: made.id });
    expect(
      await done(resend.contacts.update({ audienceId, id: made.id, lastName: "List" })),
    ).toMatchObject({ id: made.id });
    expect(await done(resend.contacts.remove({ audienceId, email }))).toMatchObject({
      contact: made.id,
      deleted: true,
    });
    expect((await done(resend.contacts.list({ audienceId }))).data).toEqual([]);
  });
});

test("what the clients for other languages repeat of the URL is taken, and nothing else", async () => {
  const { id: audience_id } = await done(resend.audiences.create({ name: "Repeated" }));
  const path = `/audiences/${audience_id}/contacts`;
  const made = await done(
    resend.post<{ id: string }>(path, { email: "go@example.com", audience_id, first_name: "Go" }),
  );
  const one = `${path}/${made.id}`;
  const body = { id: made.id, email: "go@example.com", audience_id, last_name: "Gopher" };
  expect(await done(resend.patch<{ id: string }>(one, body))).toMatchObject({ id: made.id });
  const { audience_id: _, ...bare } = body;
  expect(await done(resend.patch<{ id: string }>(`/contacts/${made.id}`, bare))).toBeTruthy();
  for (const other of [{ id: "con_other" }, { audience_id: "aud_other" }]) {
    const refused = await resend.patch(one, { ...body, ...other });
    expect(refused.error).toMatchObject({ name: "validation_error", statusCode: 422 });
  }
  const elsewhere = await resend.post(path, { email: "x@example.com", audience_id: "aud_other" });
  expect(elsewhere.error?.message).toContain("This differs from the URL.");
});

describe("the official client's segments", () => {
  test("are created, read, listed, renamed and removed", async () => {
    const { id, ...made } = await done(resend.segments.create({ name: "Buyers" }));
    expect(made).toMatchObject({ object: "segment", name: "Buyers" });
    expect(await done(resend.segments.get(id))).toMatchObject({
      object: "segment",
      name: "Buyers",
    });
    const listed = await done(resend.segments.list());
    expect(listed.data.map((segment) => segment.id)).toContain(id);
    expect(await done(resend.segments.update(id, { name: "Loyal" }))).toMatchObject({ id });
    expect(await done(resend.segments.remove(id))).toEqual({
      object: "segment",
      id,
      deleted: true,
    });
  });

  test("hold the contacts that are put into them", async () => {
    const { id: segmentId } = await done(resend.segments.create({ name: "Visitors" }));
    const email = "seg+ment@example.com";
    const made = await done(resend.contacts.create({ email, segments: [{ id: segmentId }] }));
    const ids = async () =>
      (await done(resend.contacts.segments.list({ email }))).data.map(({ id }) => id);
    expect(await ids()).toEqual([segmentId]);
    expect((await done(resend.contacts.list({ segmentId }))).data).toHaveLength(1);
    await done(resend.contacts.segments.remove({ email, segmentId }));
    expect(await ids()).toEqual([]);
    await done(resend.contacts.segments.add({ contactId: made.id, segmentId }));
    expect(await ids()).toEqual([segmentId]);
  });
});

describe("the official client's emails", () => {
  const message = { from: "Shop <shop@example.com>", subject: "Order 7", html: "<p>Thanks</p>" };

  test("are sent once for each Idempotency-Key, and read", async () => {
    const to = ["ada+mail@example.com"];
    const send = () => resend.emails.send({ ...message, to }, { idempotencyKey: "order-7" });
    const { id } = await done(send());
    expect(await done(send())).toEqual({ id });
    expect(await done(resend.emails.get(id))).toMatchObject({
      object: "email",
      id,
      to,
      from: message.from,
      subject: message.subject,
      html: message.html,
      last_event: expect.any(String),
    });
    const listed = await done(resend.emails.list({ limit: 1 }));
    expect(listed.data[0]).toMatchObject({ id, to });
  });

  test("with everything the client offers are taken", async () => {
    const { id } = await done(
      resend.emails.send({
        ...message,
        to: "bob@example.com",
        cc: "cc@example.com",
        bcc: ["bcc@example.com"],
        replyTo: "help@example.com",
        text: "Thanks",
        headers: { "X-Order": "7" },
        tags: [{ name: "kind", value: "order" }],
        attachments: [
          { filename: "a.txt", content: Buffer.from("hello"), contentType: "text/plain" },
        ],
      }),
    );
    expect(id).toMatch(/^eml_/);
  });

  test("wait for their time, are given another, and are canceled", async () => {
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await done(resend.emails.send({ ...message, to: "c@example.com", scheduledAt }));
    expect(await done(resend.emails.get(id))).toMatchObject({ last_event: "scheduled" });
    const later = new Date(Date.now() + 7_200_000).toISOString();
    expect(await done(resend.emails.update({ id, scheduledAt: later }))).toMatchObject({ id });
    expect(await done(resend.emails.cancel(id))).toMatchObject({ object: "email", id });
    expect(await done(resend.emails.get(id))).toMatchObject({ last_event: "canceled" });
  });

  test("are sent by the batch, all of them or the good ones", async () => {
    const good = { ...message, to: "good@example.com" };
    const bad = { ...message, to: "not an address" };
    const strict = await resend.batch.send([good, bad]);
    expect(strict.error).toMatchObject({ name: "validation_error", statusCode: 422 });
    const permissive = await done(
      resend.batch.send([good, bad], { batchValidation: "permissive" }),
    );
    expect(permissive.data).toHaveLength(1);
    expect(permissive.errors).toMatchObject([{ index: 1, message: expect.any(String) }]);
  });
});

test("the official client's events are recorded", async () => {
  const { id: contactId } = await done(resend.contacts.create({ email: "ev+ent@example.com" }));
  const sent = { object: "event", event: "product.viewed" };
  expect(
    await done(resend.events.send({ event: "product.viewed", contactId, payload: { id: 1 } })),
  ).toMatchObject(sent);
  expect(
    await done(resend.events.send({ event: "product.viewed", email: "ev+ent@example.com" })),
  ).toMatchObject(sent);
});

test("the official client hands out where its key stands, on a refusal too", async () => {
  const key = await givenWorkingKey(await givenOwner());
  const fresh = new Resend(key.secret, { baseUrl: server.base });
  const answers = [
    await fresh.contacts.list(),
    await fresh.contacts.get("con_none"),
    await fresh.contacts.create({ email: "counted@example.com" }),
  ];
  expect(answers.map(({ error }) => error?.statusCode ?? null)).toEqual([null, 404, null]);
  const left = answers.map(({ headers }) => headers?.["ratelimit-remaining"]);
  expect(left).toEqual(["599", "598", "597"]);
});

test("the official client is told what is wrong with a key in its own words", async () => {
  const stranger = new Resend("pstn_live_wrong", { baseUrl: server.base });
  const { error } = await stranger.contacts.list();
  expect(error).toMatchObject({ name: "invalid_api_key", statusCode: 401 });
});
