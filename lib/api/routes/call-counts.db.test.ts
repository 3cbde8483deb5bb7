import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { NOBODY, TOUCHES, type Touch } from "@/lib/access/activity/recording/call-counts";
import { stopActivity } from "@/lib/access/activity/recording/start";
import { routes } from "@/lib/api/routes/all-routes";
import type { Route } from "@/lib/api/routes/route";
import { db } from "@/lib/platform/database/unit-of-work";
import { uuidOfRequestId } from "@/lib/platform/ids";
import { type ApiWorld, callOf, givenApiWorld } from "@/lib/testing/api-world";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call } from "@/lib/testing/gate";

let world: ApiWorld;

beforeAll(async () => {
  world = await givenApiWorld(await givenOwner());
});

/** The counts of a call as its row of activity has them. */
async function countsOf(path: string, options: CallOptions = {}) {
  const response = await call(path, { secret: world.secret, ...options });
  await response.text();
  await stopActivity();
  const id = uuidOfRequestId(response.headers.get("x-request-id") ?? "") ?? "";
  const { contactsRead, contactsChanged, recipients } = await db().activity.findUniqueOrThrow({
    where: { id },
  });
  return { status: response.status, contactsRead, contactsChanged, recipients };
}

/** Texts of an answer that name a person. */
const NAMES_SOMEBODY = /"(?:email|contact_id|to)":/;

function namesPeople({ answers }: Route): boolean {
  const schemas = Object.values(answers).map((schema) => z.toJSONSchema(schema, { io: "input" }));
  return NAMES_SOMEBODY.test(JSON.stringify(schemas));
}

describe("a route says how it touches people", () => {
  test("where it shows people", () => {
    const showing = routes.filter((route) => route.method === "GET" && namesPeople(route));
    expect(showing.length).toBeGreaterThan(8);
    const silent = showing.filter(({ touches }) => !touches.includes("contactsRead"));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test("where it needs a permission to change contacts", () => {
    const changing = routes.filter(({ scope }) => scope === "contacts:write");
    expect(changing.length).toBeGreaterThan(8);
    expect(changing.filter(({ touches }) => !touches.includes("contactsChanged"))).toEqual([]);
  });

  test("where its calls count against limits of recipients", () => {
    const sending = routes.filter(({ recipients, people }) => recipients ?? people);
    expect(sending).toHaveLength(3);
    expect(sending.filter(({ touches }) => !touches.includes("recipients"))).toEqual([]);
  });
});

describe("a call counts what its route says, and nothing else", () => {
  test.each(routes.map((route) => [route.method, route.path, route] as const))(
    "%s %s",
    async (_method, path, route) => {
      const fresh = route.method === "GET" ? world : await givenApiWorld(await givenOwner());
      const named = route.method === "PUT" ? { idOrEmail: "ada@example.com" } : {};
      const [url, options] = callOf(route, { ...fresh, ids: { ...fresh.ids, ...named } });
      // Only a campaign that was sent can be canceled.
      if (path === "/campaigns/:campaign/cancel") {
        const [send, body] = callOf({ method: "POST", path: "/campaigns/:campaign/send" }, fresh);
        await call(send, { ...body, secret: fresh.secret });
      }
      const { status, ...counts } = await countsOf(url, { ...options, secret: fresh.secret });
      expect(status).toBeLessThan(300);
      const touched: Touch[] = TOUCHES.filter((touch) => counts[touch] > 0);
      // The campaign has not written to anybody yet.
      const expected = path === "/campaigns/:campaign/recipients" ? [] : route.touches;
      expect(touched).toEqual(expected);
    },
  );
});

test("a page counts its contacts, a batch those that changed, an email those whom it goes to", async () => {
  const batch = [{ email: "a@example.com" }, { email: "b@example.com", first_name: "B" }];
  const saved = await countsOf("/contacts/batch", { method: "POST", body: batch });
  expect(saved).toEqual({ ...NOBODY, status: 200, contactsChanged: 2 });
  const again = await countsOf("/contacts/batch", {
    method: "POST",
    body: [batch[0], { email: "b@example.com", first_name: "Bea" }],
  });
  expect(again.contactsChanged).toBe(1);
  expect(await countsOf("/contacts?limit=2")).toEqual({ ...NOBODY, status: 200, contactsRead: 2 });
  const email = {
    from: "shop@example.com",
    to: ["a@example.com", "b@example.com"],
    cc: "c@example.com",
    subject: "Hi",
    text: "Hi",
  };
  const headers = { "idempotency-key": "one" };
  const sent = await countsOf("/emails", { method: "POST", body: email, headers });
  expect(sent).toEqual({ ...NOBODY, status: 200, recipients: 3 });
  const repeated = await countsOf("/emails", { method: "POST", body: email, headers });
  expect(repeated).toEqual({ ...NOBODY, status: 200 });
});

test("a refused call counts nobody", async () => {
  const refused = { method: "PATCH", body: { email: "not an email" } };
  expect(await countsOf(`/contacts/${world.ids.idOrEmail}`, refused)).toEqual({
    ...NOBODY,
    status: 422,
  });
});
