import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "@/lib/api/routes/all-routes";
import type { Route } from "@/lib/api/routes/route";
import { SCOPES } from "@/lib/people/auth/scopes";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

/** Everything of one audience: itself, a contact in it, and a campaign for it. */
type Side = { audience: string; idOrEmail: string; email: string; campaign: string };

/** Templates, single emails and webhooks belong to no audience. A limited key can make no webhook. */
const OF_NO_AUDIENCE = new Set(["template", "email", "webhook"]);

let everything: string;
let limited: string;
let mine: Side;
let theirs: Side;

async function send(method: string, path: string, secret: string, body?: unknown) {
  const response = await call(path, { method, secret, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, text };
}

beforeAll(async () => {
  const owner = await givenOwner();
  everything = (await givenWorkingKey(owner, { scopes: [...SCOPES] })).secret;
  mine = await givenSide("mine");
  theirs = await givenSide("theirs");
  const key = { scopes: [...SCOPES], audiences: [mine.audience] };
  limited = (await givenWorkingKey(owner, key)).secret;
});

async function givenSide(name: string): Promise<Side> {
  const post = async (path: string, body: unknown) =>
    await jsonOf(await call(path, { method: "POST", secret: everything, body }));
  const audience = String((await post("/audiences", { name })).id);
  const email = `${name}@example.com`;
  const idOrEmail = String((await post("/contacts", { email, audiences: [audience] })).id);
  await post("/events/send", { event: name, email });
  const campaign = {
    name,
    from: "news@example.com",
    subject: name,
    html: "<p>Hi</p>",
    audience_id: audience,
  };
  return { audience, idOrEmail, email, campaign: String((await post("/campaigns", campaign)).id) };
}

const parametersOf = ({ path }: Route) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");

/** A body that the route takes, about the contact of `side`. */
function bodyFor({ method, path }: Route, { email, audience }: Side): unknown {
  if (method === "GET" || method === "DELETE") return undefined;
  const bodies: Record<string, unknown> = {
    "/:group": { name: "Renamed" },
    "/:group/:audience": { name: "Renamed" },
    "/:group/:audience/contacts": { email },
    "/events/send": { event: "x", email },
    "/events/batch": [{ event: "x", email }],
    "/contacts": { email: "new@example.com", audiences: [audience] },
    "/contacts/batch": [{ email, first_name: "X" }],
    "/campaigns": {
      name: "C",
      from: "a@example.com",
      subject: "S",
      html: "H",
      audience_id: audience,
    },
  };
  const body = bodies[path.replace(/^\/(audiences|segments)(?=\/|$)/, "/:group")];
  return body ?? (method === "PATCH" ? { first_name: "X" } : {});
}

/** Each way to fill a path in which at least one part is theirs. */
function foreignPaths(route: Route): string[] {
  const names = parametersOf(route);
  const ways = names.reduce<Side[][]>(
    (before) =>
      before.flatMap((sides) => [
        [...sides, mine],
        [...sides, theirs],
      ]),
    [[]],
  );
  return ways
    .filter((sides) => sides.includes(theirs))
    .map((sides) =>
      names.reduce((path, name, at) => {
        const side = sides[at] ?? theirs;
        const isMail = route.method === "PUT" && name === "idOrEmail";
        const value = isMail ? side.email : side[name as keyof Side];
        return path.replace(`:${name}`, encodeURIComponent(value));
      }, route.path),
    );
}

const bound = routes.filter((route) => {
  const names = parametersOf(route);
  return names.length > 0 && !names.some((name) => OF_NO_AUDIENCE.has(name));
});
const open = routes.filter((route) => parametersOf(route).length === 0);

/** Everything of `theirs` as the database has it now, for comparison. */
async function stateOfTheirs() {
  const { idOrEmail: id, audience, campaign } = theirs;
  return {
    contact: await db().contact.findUnique({ where: { id }, include: { audiences: true } }),
    audience: await db().audience.findUnique({
      where: { id: audience },
      include: { members: true },
    }),
    campaign: await db().campaign.findUnique({ where: { id: campaign } }),
    events: await db().contactEvent.findMany({ where: { contactId: id } }),
  };
}

describe("a key that is limited to one audience", () => {
  test.each(bound.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "does not get through to another by %s",
    async (_, route) => {
      const before = await stateOfTheirs();
      for (const path of foreignPaths(route)) {
        const { status, text } = await send(route.method, path, limited, bodyFor(route, theirs));
        expect([path, status]).toEqual([path, expect.toBeOneOf([403, 404])]);
        expect(text).not.toContain(theirs.campaign);
      }
      expect(await stateOfTheirs()).toEqual(before);
    },
  );

  test.each(
    open
      .filter(({ method }) => method === "GET")
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )("sees nothing of another in %s", async (_, route) => {
    const { status, text } = await send("GET", route.path, limited);
    expect(status).toBe(200);
    for (const value of Object.values(theirs)) expect(text).not.toContain(value);
  });

  test.each(
    open
      .filter(({ method, scope }) => method !== "GET" && !/^(emails|templates):/.test(scope))
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )("changes nothing of another by %s", async (_, route) => {
    const before = await stateOfTheirs();
    const { status } = await send(route.method, route.path, limited, bodyFor(route, theirs));
    expect(status).toBeOneOf([403, 404, 422]);
    expect(await stateOfTheirs()).toEqual(before);
    expect(await db().contact.count({ where: { email: "new@example.com" } })).toBe(0);
  });
});
