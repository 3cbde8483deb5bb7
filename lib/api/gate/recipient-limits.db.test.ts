import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { forgetOldUse } from "@/lib/access/budgets/forget-use";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenList } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

let keyId: string;
let secret: string;

beforeEach(async () => {
  ({ keyId, secret } = await givenWorkingKey(await givenOwner(), {
    scopes: ["emails:send", "emails:read"],
  }));
});

async function limitTo(recipientsPerMinute: number, recipientsPerDay: number): Promise<void> {
  await db().apiKey.update({
    where: { id: keyId },
    data: { recipientsPerMinute, recipientsPerDay },
  });
  // An edit does so too.
  await db().budgetUse.updateMany({ where: { keyId }, data: { passedAt: null } });
  forgetKey(keyId);
}

const people = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@example.com`);

function email(to: string[], more: object = {}) {
  return { from: "shop@example.com", to, subject: "Hi", text: "Hi", ...more };
}

async function send(body: unknown, options: CallOptions = {}) {
  const path = Array.isArray(body) ? "/emails/batch" : "/emails";
  const response = await call(path, { method: "POST", secret, body, ...options });
  const { status, headers } = response;
  return {
    status,
    headers,
    body: await jsonOf(response),
    left: headers.get("ratelimit") ?? "",
    policy: headers.get("ratelimit-policy") ?? "",
  };
}

test("a batch costs what it sets off: its recipients count, in the same headers", async () => {
  await limitTo(100, 1_000);
  const first = await send(email(people(3), { cc: ["cc@example.com"], bcc: people(1) }));
  expect(first.status).toBe(200);
  expect(first.policy).toBe(
    '"default";q=600;w=60, "recipients";q=100;w=60, "recipients-day";q=1000;w=86400',
  );
  expect(first.left).toMatch(
    /^"default";r=599;t=\d+, "recipients";r=96;t=\d+, "recipients-day";r=996;t=\d+$/,
  );
  expect(first.headers.get("ratelimit-remaining")).toBe("599");
  const batch = await send([email(people(40)), email(people(50))]);
  expect([batch.status, batch.left]).toEqual([200, expect.stringContaining('"recipients";r=6;')]);
  const over = await send(email(people(7)));
  expect([over.status, over.body.code]).toEqual([429, "rate_limit_exceeded"]);
  expect(over.body.detail).toContain("This call names 7, and 6 are left.");
  expect(over.headers.get("ratelimit-limit")).toBe("100");
  expect(over.headers.get("ratelimit-remaining")).toBe("6");
  expect(over.headers.get("retry-after")).toBe(over.headers.get("ratelimit-reset"));
  expect((await send(email(people(6)))).status).toBe(200);
  expect((await call("/emails", { secret })).headers.get("ratelimit-policy")).toBe(
    '"default";q=600;w=60',
  );
});

test("fifteen thousand recipients are more than a key may reach by one call", async () => {
  const batch = Array.from({ length: 100 }, () =>
    email(people(50), { cc: people(150).slice(50, 100), bcc: people(150).slice(100) }),
  );
  const before = await db().email.count();
  const over = await send(batch);
  expectFinal(over);
  expect(over.body.detail).toContain("this call alone names 15000. Split it into several calls");
  expect(await db().email.count()).toBe(before);
  expect((await send(email(people(1)))).left).toContain('"recipients";r=999;');
});

test("a call that alone is over a limit is told to split, and never to wait", async () => {
  await limitTo(10, 15);
  expect((await send(email(people(4)))).status).toBe(200);
  const once = { headers: { "idempotency-key": randomUUID() } };
  for (const body of [email(people(11)), [email(people(6)), email(people(5))]]) {
    const over = await send(body, once);
    expectFinal(over);
    expect(over.body.detail).toContain("10 recipients a minute, and this call alone names 11");
    expect(over.left).toContain('"recipients";r=6;');
  }
  expect((await send(email(people(7)))).status).toBe(429);
  await limitTo(20, 15);
  // The minute has no room for them now, but waiting for it would not help.
  const overDay = await send(email(people(17)));
  expectFinal(overDay);
  expect(overDay.body.detail).toContain("15 recipients a day, and this call alone names 17");
  expect((await send(email(people(12)))).status).toBe(429);
  await limitTo(20, 30);
  expect((await send(email(people(11)), once)).status).toBe(200);
});

function expectFinal({ status, headers, body }: Awaited<ReturnType<typeof send>>): void {
  expect([status, body.code, body.retry_after]).toEqual([422, "validation_error", undefined]);
  expect(body.errors).toEqual([{ path: "", message: body.detail }]);
  expect(headers.get("retry-after")).toBeNull();
}

test("the day is counted in the database, and ends at midnight UTC", async () => {
  await limitTo(100, 10);
  expect((await send(email(people(8)))).status).toBe(200);
  const over = await send(email(people(3)));
  expect([over.status, over.body.code]).toEqual([429, "budget_exceeded"]);
  expect(over.body.detail).toContain("10 recipients a day");
  expect(over.headers.get("ratelimit-limit")).toBe("10");
  expect(over.headers.get("ratelimit-remaining")).toBe("2");
  expect(over.left).toContain('"recipients";r=92;');
  const [stored] = await db().budgetUse.findMany({ where: { keyId } });
  expect(stored?.used).toBe(8);
  expect((await send(email(people(1)))).body.code).toBe("budget_exceeded");
  await forgetOldUse(later(now(), DAY_MS));
  expect(await db().budgetUse.count({ where: { keyId } })).toBe(1);
  await forgetOldUse(later(now(), 8 * DAY_MS));
  expect(await db().budgetUse.count({ where: { keyId } })).toBe(0);
});

test("of many calls at once none passes the limit", async () => {
  await limitTo(1_000, 20);
  const answers = await Promise.all(Array.from({ length: 12 }, () => send(email(people(3)))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(6);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
});

test("a refused call and a repeated one cost nothing", async () => {
  await limitTo(100, 100);
  const refused = await send(email(people(5), { scheduled_at: "2020-01-01T00:00:00Z" }));
  expect([refused.status, refused.left]).toEqual([
    422,
    expect.stringContaining('"recipients";r=100;'),
  ]);
  const once = { headers: { "idempotency-key": randomUUID() } };
  expect((await send(email(people(50)), once)).status).toBe(200);
  const again = await send(email(people(50)), once);
  expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([200, "true"]);
  expect((await send(email(people(50)))).status).toBe(200);
  const third = { headers: { "idempotency-key": randomUUID() } };
  expect((await send(email(people(1)), third)).status).toBe(429);
  await limitTo(200, 200);
  expect((await send(email(people(1)), third)).status).toBe(200);
});

test("a new key gets what its preset proposes, and /me says it", async () => {
  const limitsOf = async (scopes: Parameters<typeof givenWorkingKey>[1]) => {
    const made = await givenWorkingKey(await givenOwner(), scopes);
    return (await jsonOf(await call("/me", { secret: made.secret }))).limits;
  };
  expect(await limitsOf({ scopes: ["emails:read", "emails:send", "templates:read"] })).toEqual({
    requests_per_minute: 600,
    recipients_per_minute: 1_000,
    recipients_per_day: 50_000,
    recipients_per_hour: null,
    contacts_read_per_day: null,
  });
  expect(await limitsOf({ scopes: ["emails:send"] })).toMatchObject({ recipients_per_day: 20_000 });
  expect(
    await limitsOf({ scopes: ["contacts:read", "contacts:write", "audiences:read"] }),
  ).toMatchObject({ recipients_per_minute: 60 });
});

describe("a campaign that a key starts", () => {
  let path: string;

  async function post(to: string, body?: unknown, options: CallOptions = {}) {
    const response = await call(to, { method: "POST", secret, body, ...options });
    return { status: response.status, headers: response.headers, body: await jsonOf(response) };
  }

  async function givenDraft(audienceId: string): Promise<string> {
    const sale = { name: "Sale", audience_id: audienceId, from: "a@acme.example", subject: "Hi" };
    const { body } = await post("/campaigns", { ...sale, html: "<p>Hi</p>" });
    return `/campaigns/${body.id}`;
  }

  async function usedToday(): Promise<number> {
    return (await db().budgetUse.findFirst({ where: { keyId } }))?.used ?? 0;
  }

  let audienceId: string;

  beforeEach(async () => {
    const owner = await givenOwner();
    ({ keyId, secret } = await givenWorkingKey(owner, {
      scopes: ["campaigns:read", "campaigns:send", "emails:send"],
    }));
    ({ audienceId } = await givenList(owner, 5));
    await limitTo(2, 12);
    path = await givenDraft(audienceId);
  });

  test("counts its people in the key's day, and not in its minute", async () => {
    const started = await post(`${path}/send`, {});
    expect(started.status).toBe(200);
    expect(started.headers.get("ratelimit")).toMatch(
      /"recipients";r=2;t=\d+, "recipients-day";r=7;t=\d+$/,
    );
    expect(await usedToday()).toBe(5);
    expect((await post(`${path}/send`, {})).status).toBe(409);
    expect(await usedToday()).toBe(5);
    expect((await post("/emails", email(people(2)))).status).toBe(200);
    expect(await usedToday()).toBe(7);
  });

  test("is refused beyond the day, says who can help, and stays a draft", async () => {
    await limitTo(1_000, 7);
    expect((await post("/emails", email(people(3)))).status).toBe(200);
    const refused = await post(`${path}/send`, {});
    expect([refused.status, refused.body.code]).toEqual([429, "budget_exceeded"]);
    expect(refused.body.detail).toMatch(
      /may write to 7 recipients a day\. This campaign goes to 5, and 4 are left\. .* or until an admin/,
    );
    expect(refused.headers.get("ratelimit-limit")).toBe("7");
    expect(refused.headers.get("retry-after")).toBe(refused.headers.get("ratelimit-reset"));
    expect((await jsonOf(await call(path, { secret }))).status).toBe("draft");
    expect(await usedToday()).toBe(3);
  });

  test("that no day would hold is not told to wait", async () => {
    await limitTo(1_000, 4);
    const refused = await post(`${path}/send`, {});
    expect([refused.status, refused.body.code]).toEqual([422, "validation_error"]);
    expect(refused.body.detail).toMatch(
      /may write to 4 recipients a day, and this campaign goes to 5\. Ask an admin/,
    );
    expect(refused.headers.get("retry-after")).toBeNull();
    expect((await jsonOf(await call(path, { secret }))).status).toBe("draft");
    expect(await usedToday()).toBe(0);
  });

  test("counts once for a repeated call, and of many at once as many pass as fit", async () => {
    const headers = { "idempotency-key": randomUUID() };
    for (const replayed of [null, "true"]) {
      const answer = await post(`${path}/send`, {}, { headers });
      expect(answer.headers.get("idempotent-replayed")).toBe(replayed);
    }
    expect(await usedToday()).toBe(5);
    const others = await Promise.all([1, 2, 3].map(() => givenDraft(audienceId)));
    const answers = await Promise.all(others.map((one) => post(`${one}/send`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
    expect(await usedToday()).toBe(10);
  });

  test("gives its people back where it is canceled before it wrote to anybody, once", async () => {
    const scheduled_at = later(now(), DAY_MS).toISOString();
    await post(`${path}/send`, { scheduled_at });
    expect(await usedToday()).toBe(5);
    expect((await post(`${path}/cancel`)).status).toBe(200);
    expect(await usedToday()).toBe(0);
    expect((await post(`${path}/cancel`)).status).toBe(409);
    expect(await usedToday()).toBe(0);

    const other = await givenDraft(audienceId);
    await post(`${other}/send`, {});
    await sendToAudience(other.replace("/campaigns/", ""), now);
    await post(`${other}/cancel`);
    expect(await usedToday()).toBe(5);
  });

  test("counts nobody who unsubscribed, and no day but the one it was started on", async () => {
    await db().contact.updateMany({
      where: { email: "person-0@example.com" },
      data: { unsubscribed: true },
    });
    await post(`${path}/send`, { scheduled_at: later(now(), DAY_MS).toISOString() });
    expect(await usedToday()).toBe(4);
    await forgetOldUse(later(now(), DAY_MS));
    expect(await db().campaignCharge.count({ where: { keyId } })).toBe(0);
    expect((await post(`${path}/cancel`)).status).toBe(200);
  });
});
