import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "@/lib/api/routes/all-routes";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import {
  type ApiWorld,
  acceptedBodies,
  callOf,
  givenApiWorld,
  givenBusyKey,
} from "@/lib/testing/api-world";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, jsonOf } from "@/lib/testing/gate";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

test("every route that reads a body has one to be tried with", () => {
  const reading = routes.filter(({ body }) => body).map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(acceptedBodies({ ids: {} })).sort()).toEqual(reading.sort());
});

describe("ten callers at once with one Idempotency-Key", () => {
  const posts = routes.filter(({ method }) => method === "POST");

  test.each(posts.map((route) => [route.path, route] as const))(
    "POST %s takes effect once",
    async (_, route) => {
      const world = await givenApiWorld(await givenOwner());
      // Only a campaign that was sent can be canceled.
      if (route.path === "/campaigns/:campaign/cancel") {
        await answerOf({ method: "POST", path: "/campaigns/:campaign/send" }, world);
      }
      const before = await countAll(world);
      const [path, options] = callOf(route, world);
      const headers = { "idempotency-key": randomUUID() };
      const sent = { ...options, secret: world.secret, headers };
      const answers = await Promise.all(Array.from({ length: 10 }, () => call(path, sent)));
      const done = answers.filter(({ status }) => status < 300);
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status >= 300 && status !== 409)).toEqual([]);
      expect(done.filter(({ headers: has }) => !has.has("idempotent-replayed"))).toHaveLength(1);
      const after = await countAll(world);
      const again = await call(path, sent);
      expect(again.headers.get("idempotent-replayed")).toBe("true");
      expect(new Set(await Promise.all([...done, again].map((answer) => answer.text()))).size).toBe(
        1,
      );
      expect(await countAll(world)).toEqual(after);
      expect(after.most - before.most).toBeLessThanOrEqual(2);
    },
  );
});

/** The number of rows of each kind, and `most`, the largest of them. */
async function countAll({ workspaceId }: ApiWorld) {
  const where = { workspaceId };
  const counts = [
    await db().contact.count({ where }),
    await db().audience.count({ where }),
    await db().template.count({ where }),
    await db().campaign.count({ where }),
    await db().email.count({ where }),
    await db().contactEvent.count({ where }),
  ];
  return { counts, most: Math.max(...counts) };
}

async function answerOf(
  route: { method: string; path: string },
  world: ApiWorld,
  secret = world.secret,
) {
  const [path, options] = callOf(route, world);
  const answer = await call(path, { ...options, secret });
  return { status: answer.status, body: await jsonOf(answer) };
}

describe("what is somebody else's", () => {
  // PUT is left out: it would create a contact of its own.
  const naming = routes.filter(({ method, path }) => path.includes("/:") && method !== "PUT");

  test("is not found by a key of another workspace or environment, by any route", async () => {
    const world = await givenApiWorld(owner);
    const strangers = [
      await givenBusyKey(await givenOwner()),
      await givenBusyKey(owner, { environment: "live" }),
    ];
    const snapshot = await countAll(world);
    for (const route of naming) {
      for (const secret of strangers) {
        const { status, body } = await answerOf(route, world, secret);
        expect([route.method, route.path, status, body.code]).toEqual([
          route.method,
          route.path,
          404,
          "not_found",
        ]);
      }
    }
    expect(await countAll(world)).toEqual(snapshot);
  });

  test("is not found by a key that is limited to another audience", async () => {
    const world = await givenApiWorld(owner);
    const other = await answerOf({ method: "POST", path: "/audiences" }, world);
    const secret = await givenBusyKey(owner, { audiences: [`${other.body.id}`] });
    for (const route of naming.filter(({ path }) =>
      /:(?:audience|idOrEmail|campaign)/.test(path),
    )) {
      const { status } = await answerOf(route, world, secret);
      expect([route.method, route.path, status]).toEqual([route.method, route.path, 404]);
    }
  });
});
