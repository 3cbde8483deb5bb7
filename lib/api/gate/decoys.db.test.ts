import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { visibleKeys } from "@/lib/access/activity/reading/visible-keys";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { listKeys } from "@/lib/access/api-keys/reading/list-keys";
import { listDecoys } from "@/lib/access/decoys/list-decoys";
import { DECOY_SCOPES, plantDecoy } from "@/lib/access/decoys/plant-decoy";
import { removeDecoy } from "@/lib/access/decoys/remove-decoy";
import { listFindings } from "@/lib/access/findings/reading/read-findings";
import { readOrder } from "@/lib/access/findings/reading/read-order";
import { watchKey } from "@/lib/access/findings/watching/watch-keys";
import { receiveLeak } from "@/lib/access/leaks/receive-leak";
import { takeReports } from "@/lib/access/leaks/take-reports";
import { routes } from "@/lib/api/routes/all-routes";
import { scopesOf } from "@/lib/api/routes/route";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { type ApiWorld, callOf, givenApiWorld } from "@/lib/testing/api-world";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { CALLER_ADDRESS, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const PLACE = "The agency's wiki";

let owner: MemberActor;
let decoyId: string;
let secret: string;

async function givenDecoy(): Promise<void> {
  owner = await givenOwner();
  const input = { name: "HubSpot backup", place: PLACE };
  ({ decoyId, secret } = mustWork(await plantDecoy(owner, input, now())));
}

async function found() {
  return (await listFindings(owner, { show: "open" }, now())).findings.filter(
    ({ about }) => about.kind === "decoy_used",
  );
}

describe("a decoy answers like a key", () => {
  let world: ApiWorld;

  beforeAll(async () => {
    await givenDecoy();
    world = await givenApiWorld(owner);
  });

  test("with its name, and no sign of what it is", async () => {
    const key = await givenWorkingKey(owner, { scopes: [...DECOY_SCOPES], name: "HubSpot" });
    const [real, decoy] = [
      await call("/me", { secret: key.secret }),
      await call("/me", { secret }),
    ];
    expect(decoy.status).toBe(200);
    expect([...decoy.headers.keys()]).toEqual([...real.headers.keys()]);
    const [told, toldByKey] = [await jsonOf(decoy), await jsonOf(real)];
    expect(Object.keys(told)).toEqual(Object.keys(toldByKey));
    expect(told).toMatchObject({ name: "HubSpot backup", environment: "live" });
    expect(told.workspace).toEqual(toldByKey.workspace);
  });

  test.each(routes.map((route) => [route.method, route.path, route] as const))(
    "and %s %s shows, stores and sends nothing",
    async (method, path, route) => {
      const before = await everything();
      const [url, options] = callOf(route, world);
      const answer = await call(url, { ...options, secret });
      const mayCall = scopesOf(route).every((scope) => DECOY_SCOPES.includes(scope));
      const isOne = /\/:/.test(path);
      expect(answer.status).toBe(!mayCall ? 403 : isOne ? 404 : 200);
      if (answer.status === 200 && path !== "/me") {
        expect(await jsonOf(answer)).toMatchObject({ object: "list", data: [], has_more: false });
      }
      if (mayCall) expect(method).toBe("GET");
      expect(await everything()).toEqual(before);
    },
  );
});

/** The number of rows of each kind that a call could store. */
async function everything() {
  return [
    await db().contact.count(),
    await db().audience.count(),
    await db().template.count(),
    await db().campaign.count(),
    await db().email.count(),
    await db().contactEvent.count(),
    await db().webhook.count(),
  ];
}

describe("any use of a decoy", () => {
  beforeEach(givenDecoy);

  test("is an urgent finding, which says where the decoy is, who called and what they asked", async () => {
    await call("/contacts?limit=100", { secret, headers: { "user-agent": "curl/8.5.0" } });
    await vi.waitFor(async () => expect(await found()).toHaveLength(1), { timeout: 5_000 });
    const [finding] = await found();
    expect(finding).toMatchObject({ severity: "urgent", remedy: "see_calls" });
    const { words } = finding ?? { words: { title: "", what: "" } };
    expect(words.title).toBe("is a decoy, and somebody used it");
    expect(words.what).toContain(`It is planted at: ${PLACE}.`);
    expect(words.what).toContain(`from ${CALLER_ADDRESS} by curl/8.5.0: GET /contacts.`);
  });

  test("a refused call is a use too", async () => {
    await call("/emails", { method: "POST", secret, body: {} });
    await vi.waitFor(async () => expect(await found()).toHaveLength(1), { timeout: 5_000 });
  });

  test("a report of its secret is a use, and does not revoke it", async () => {
    const at = now();
    await takeReports([{ secret, url: "https://paste.example/1" }], "anybody", at);
    const report = await db().leakReport.findFirstOrThrow({
      where: { secretHash: hashSecret(secret) },
    });
    expect(await receiveLeak(report.id, at)).toMatchObject({ keyId: decoyId });
    await watchKey({ workspaceId: owner.workspaceId, keyId: decoyId }, at);
    const [finding] = await found();
    expect(finding?.words.title).toBe("is a decoy, and its secret was found");
    expect((await call("/me", { secret })).status).toBe(200);
  });
});

describe("a decoy is no key", () => {
  beforeEach(givenDecoy);

  test("in the list, on a page of its own, for changes, and for the score", async () => {
    const { keys } = await listKeys(owner, listKeysQuery.parse({}), now());
    expect(keys.map(({ id }) => id)).not.toContain(decoyId);
    expect(await getKey(owner, { id: decoyId }, now())).toMatchObject({ code: "not_found" });
    const reason = "no_longer_needed";
    expect(await revokeKey(owner, { keyId: decoyId, reason, note: "" }, now())).toMatchObject({
      code: "not_found",
    });
    expect((await readOrder(owner, now())).keys).toBe(0);
    expect((await listDecoys(owner))?.map(({ place }) => place)).toEqual([PLACE]);
  });

  test("in the filter of Activity, until somebody called with it", async () => {
    expect(await visibleKeys(owner)).toEqual([]);
    await call("/me", { secret });
    await vi.waitFor(async () => expect(await found()).toHaveLength(1), { timeout: 5_000 });
    expect(await visibleKeys(owner)).toMatchObject([{ id: decoyId }]);
  });

  test("and only who manages every key sees, plants and removes them", async () => {
    const marketer = await givenColleague(owner, "marketer");
    expect(await listDecoys(marketer)).toBeNull();
    const input = { name: "CRM", place: PLACE };
    expect(await plantDecoy(marketer, input, now())).toMatchObject({ code: "not_found" });
    expect(await removeDecoy(marketer, { decoyId }, now())).toMatchObject({ code: "not_found" });
  });

  test("once it is removed, its secret is refused and what was found is closed", async () => {
    await call("/me", { secret });
    await vi.waitFor(async () => expect(await found()).toHaveLength(1), { timeout: 5_000 });
    mustWork(await removeDecoy(owner, { decoyId }, now()));
    expect(await found()).toEqual([]);
    expect((await call("/me", { secret })).status).toBe(401);
    expect(await removeDecoy(owner, { decoyId }, now())).toMatchObject({ code: "not_found" });
  });
});
