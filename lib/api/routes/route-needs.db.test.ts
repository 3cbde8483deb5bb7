import { beforeAll, describe, expect, test } from "vitest";
import { type Explanation, explainRequest } from "@/lib/access/activity/explain";
import { getRequest } from "@/lib/access/activity/reading/query";
import { flushActivity } from "@/lib/access/activity/recording/start";
import { apiDocument } from "@/lib/api/openapi/document";
import { openApiPath } from "@/lib/api/openapi/path-parameters";
import { routes } from "@/lib/api/routes/all-routes";
import { bodyLimitOf, type Route, scopesOf } from "@/lib/api/routes/route";
import { largerBodies, routeNeeds } from "@/lib/api/routes/route-needs";
import type { MemberActor } from "@/lib/people/auth/actor";
import { SCOPES, type Scope, scopeInWords } from "@/lib/people/auth/scopes";
import { now } from "@/lib/platform/clock";
import { MAX_API_BODY_BYTES, MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";
import { givenBusyKey, pathWith } from "@/lib/testing/api-world";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, jsonOf } from "@/lib/testing/gate";

const NOBODY = {
  idOrEmail: "nobody@example.com",
  audience: "aud_0",
  template: "tpl_0",
  campaign: "cmp_0",
  email: "eml_0",
  webhook: "whk_0",
};

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

/** Makes a call that the route refuses, and explains it from the recorded call, as Activity does. */
async function refusedCall({ path }: Route, options: CallOptions) {
  const answer = await call(pathWith(path, NOBODY), options);
  await flushActivity();
  const id = answer.headers.get("x-request-id") ?? "";
  const row = await getRequest(owner, { id }, now());
  if (!row.ok) throw new Error(row.message);
  const explanation: Explanation = explainRequest(row.value, routeNeeds(row.value));
  return { body: answer.body ? await jsonOf(answer) : {}, explanation };
}

describe("the scope that Activity advises is the one the gate asked for", () => {
  const keys = new Map<Scope, string>();

  beforeAll(async () => {
    for (const scope of SCOPES) {
      const scopes = SCOPES.filter((other) => other !== scope);
      keys.set(scope, await givenBusyKey(owner, { scopes }));
    }
  });

  const needing = routes.flatMap((route) =>
    scopesOf(route).map((scope) => [`${route.method} ${route.path}`, scope, route] as const),
  );

  test.each(needing)("%s without %s", async (_, scope, route) => {
    const secret = keys.get(scope) ?? "";
    const { body, explanation } = await refusedCall(route, { method: route.method, secret });
    expect(body).toMatchObject({ code: "insufficient_scope", required_scope: scope });
    expect(explanation.scopes).toContain(scope);
    expect(explanation.advice).toContain(scopeInWords(scope));
  });

  test("HEAD needs what GET needs", async () => {
    const heads = routes.filter(({ method, scope }) => method === "GET" && scope !== "any");
    for (const route of heads) {
      const secret = keys.get(scopesOf(route)[0] ?? "contacts:read") ?? "";
      const { explanation } = await refusedCall(route, { method: "HEAD", secret });
      expect([route.path, explanation.scopes]).toEqual([route.path, scopesOf(route)]);
    }
  });
});

describe("a body that is too large is told the limit of its own route", () => {
  const reading = routes.filter((route) => route.body);

  test.each(reading.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s",
    async (name, route) => {
      const maxBytes = bodyLimitOf(route);
      const limit = `${maxBytes / 1_048_576} MiB`;
      const secret = await givenBusyKey(owner);
      const headers = { "content-length": `${maxBytes + 1}` };
      const options = { method: route.method, secret, body: {}, headers };
      const { body, explanation } = await refusedCall(route, options);
      expect(body.code).toBe("payload_too_large");
      expect(body.detail).toContain(`${name} takes a body of at most ${limit}`);
      expect(explanation.meaning).toContain(`more than ${limit}`);
      const document = await apiDocument();
      const method = route.method.toLowerCase() as Lowercase<Route["method"]>;
      const documented = document.paths?.[openApiPath(route.path)]?.[method]?.requestBody;
      expect(documented).toMatchObject({ description: `At most ${limit}.` });
      const larger = largerBodies().find((one) => one.name === name);
      expect(larger?.maxBytes ?? MAX_BODY_BYTES).toBe(maxBytes);
    },
  );

  test("every limit is a whole number of MiB, and none is above what the edge lets through", () => {
    for (const route of reading) {
      const maxBytes = bodyLimitOf(route);
      expect([route.path, maxBytes % 1_048_576]).toEqual([route.path, 0]);
      expect(maxBytes).toBeLessThanOrEqual(MAX_API_BODY_BYTES);
    }
  });
});

test("every scope opens a route", () => {
  expect([...new Set(routes.flatMap(scopesOf))].sort()).toEqual([...SCOPES].sort());
});

test("a call that no route took asks nothing of its caller", () => {
  expect(routeNeeds({ method: "GET", route: "/nowhere" })).toBeNull();
  expect(routeNeeds({ method: "PURGE", route: "/contacts" })).toBeNull();
  expect(routeNeeds({ method: "GET", route: "/me" })).toMatchObject({ scopes: [] });
});
