import { beforeEach, expect, test } from "vitest";
import { getRequest, listRequests } from "@/lib/access/activity/reading/query";
import { search } from "@/lib/access/activity/reading/search";
import { planSearch } from "@/lib/access/activity/reading/search-plan";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { type ActivityQuery, activityQuery } from "@/lib/access/activity/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { firstUuidAt, requestIdOf } from "@/lib/platform/ids";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T14:30:00Z");
let owner: MemberActor;
let key: { workspaceId: string; keyId: string; secretId: string };
let records: RequestRecord[];

beforeEach(async () => {
  owner = await givenOwner();
  key = await givenPlainKey(owner);
  const call = (minutesAgo: number, facts: Partial<RequestRecord>) =>
    aRequest({ ...key, at: later(now, -minutesAgo * 60_000), ...facts });
  records = [
    call(1, { path: "/contacts/anna@example.com", route: "/contacts/:id", method: "PATCH" }),
    call(2, { status: 403, code: "insufficient_scope", path: "/campaigns" }),
    call(3, { status: 404, code: "not_found", address: "2001:db8::7" }),
    call(4, { status: 503, code: "service_unavailable", userAgent: "Zapier 100%_done" }),
    call(120, { method: "POST", status: 201 }),
  ];
  await storeBatch(records, []);
});

const found = async (actor: MemberActor, query: Partial<ActivityQuery>) => {
  const page = await listRequests(actor, { ...activityQuery.parse({}), ...query }, now);
  return page.rows.map((row) => records.findIndex(({ id }) => requestIdOf(id) === row.id));
};

test("every filter narrows the list to what it says, newest first", async () => {
  expect(await found(owner, {})).toEqual([0, 1, 2, 3, 4]);
  expect(await found(owner, { key: key.keyId })).toEqual([0, 1, 2, 3, 4]);
  expect(await found(owner, { status: "2xx" })).toEqual([0, 4]);
  expect(await found(owner, { status: "4xx" })).toEqual([1, 2]);
  expect(await found(owner, { status: "5xx" })).toEqual([3]);
  expect(await found(owner, { status: "404" })).toEqual([2]);
  expect(await found(owner, { status: "insufficient_scope" })).toEqual([1]);
  expect(await found(owner, { method: "PATCH" })).toEqual([0]);
  expect(await found(owner, { address: "2001:db8::7" })).toEqual([2]);
  expect(await found(owner, { address: "203.0.113.7", status: "4xx" })).toEqual([1]);
  expect(await found(owner, { path: "/contacts/" })).toEqual([0]);
  expect(await found(owner, { path: "/contacts/:id" })).toEqual([0]);
  expect(await found(owner, { from: later(now, -HOUR_MS) })).toEqual([0, 1, 2, 3]);
  expect(await found(owner, { to: later(now, -HOUR_MS), key: key.keyId })).toEqual([4]);
  expect(await found(owner, { from: now, to: later(now, -HOUR_MS) })).toEqual([]);
});

test("free text looks in path, address, user agent, code, status and request id, and takes no wildcards", async () => {
  expect(await found(owner, { q: "ANNA@" })).toEqual([0]);
  expect(await found(owner, { q: "db8" })).toEqual([2]);
  expect(await found(owner, { q: "zapier" })).toEqual([3]);
  expect(await found(owner, { q: "100%_D" })).toEqual([3]);
  expect(await found(owner, { q: "a%a" })).toEqual([]);
  expect(await found(owner, { q: "insufficient" })).toEqual([1]);
  expect(await found(owner, { q: "503" })).toEqual([3]);
  const id = requestIdOf(records[2]?.id ?? "");
  expect(await found(owner, { q: id })).toEqual([2]);
  expect(await found(owner, { q: id.toUpperCase() })).toEqual([2]);
  expect(await found(owner, { q: id.slice(0, -2) })).toEqual([2]);
  expect(await found(owner, { q: records[2]?.id ?? "" })).toEqual([2]);
  expect(await found(owner, { q: id, status: "5xx" })).toEqual([]);
});

test("pages follow one another without a gap or a double while new rows come in", async () => {
  const many = Array.from({ length: 120 }, (_, at) =>
    aRequest({ ...key, at: later(now, -3 * HOUR_MS - at) }),
  );
  await storeBatch(many, []);
  const all = [...records, ...many].map(({ id }) => requestIdOf(id));
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await listRequests(owner, { ...activityQuery.parse({}), before }, now);
    seen.push(...page.rows.map(({ id }) => id));
    before = page.older ?? undefined;
    expect(page.searchedBackTo).toBe(page.older && (page.rows.at(-1)?.at ?? null));
    await storeBatch([aRequest({ ...key, at: now })], []);
  } while (before);
  expect(seen).toEqual(all);
});

test("a search without an index goes back in steps and says how far it has looked", async () => {
  const at = new Date("2026-10-10T00:00:00Z");
  await pool().query(
    `INSERT INTO activity SELECT (overlay($1 placing lpad(to_hex(n), 12, '0') from 25))::uuid, $2, $3, $4,
       'live', 'GET', '/', '/', 200, null, 1, '::1', '', 0, 0 FROM generate_series(1, 45000) AS n`,
    [firstUuidAt(at), key.workspaceId, key.keyId, key.secretId],
  );
  for (const keyIds of [null, [key.keyId], [key.keyId, "key_quiet"]]) {
    const plan = planSearch(key.workspaceId, keyIds, { q: "nowhere" });
    const first = await search(plan, null, 51, 0);
    expect(first.rows).toEqual([]);
    expect(first.lookedDownTo?.slice(0, 8)).toBe(firstUuidAt(at).slice(0, 8));
    expect(await search(plan, null, 51, 60_000)).toEqual({ rows: [], lookedDownTo: null });
  }
});

test("a marketer sees the calls of their own keys only; another workspace sees nothing", async () => {
  const marketer = await givenColleague(owner, "marketer");
  const own = await givenPlainKey(marketer, "Mine");
  const mine = aRequest({ ...own, at: later(now, -1_000) });
  await storeBatch([mine], []);
  records.push(mine);
  expect(await found(marketer, {})).toEqual([5]);
  expect(await found(marketer, { key: key.keyId })).toEqual([]);
  expect(await found(marketer, { q: "anna" })).toEqual([]);
  expect(await found(await givenColleague(owner, "viewer"), {})).toEqual([5, 0, 1, 2, 3, 4]);
  const stranger = await givenOwner();
  const id = requestIdOf(records[0]?.id ?? "");
  expect(await found(stranger, { key: key.keyId })).toEqual([]);
  expect(await found(stranger, { q: id })).toEqual([]);
  expect(await found(stranger, {})).toEqual([]);
  expect(await getRequest(marketer, { id: requestIdOf(mine.id) }, now)).toMatchObject({ ok: true });
  expect(await getRequest(marketer, { id }, now)).toMatchObject({ code: "not_found" });
  expect(await getRequest(stranger, { id }, now)).toMatchObject({ code: "not_found" });
  expect(await getRequest(owner, { id: "req_nonsense" }, now)).toMatchObject({ code: "not_found" });
});

test("a row carries the key's name, the secret's hint and the exact instant", async () => {
  const request = await getRequest(owner, { id: requestIdOf(records[1]?.id ?? "") }, now);
  expect(request).toMatchObject({
    ok: true,
    value: {
      at: "2026-11-23T14:28:00.000Z",
      keyName: "HubSpot sync",
      secretHint: "pstn_live_…9LmK",
      secretState: "current",
      code: "insufficient_scope",
    },
  });
});

test("nonsense in the URL counts as not said", () => {
  const query = activityQuery.parse({
    key: "x".repeat(100),
    status: "banana split",
    method: "get",
    from: "soon",
    to: "2026-13-45",
    before: "1",
    q: "\0",
  });
  expect(Object.values(query).filter(Boolean)).toEqual([]);
  const said = activityQuery.parse({ from: "2026-11-23", to: "2026-11-23T10:00", status: "4xx" });
  expect(said.from).toEqual(new Date("2026-11-23T00:00:00Z"));
  expect(said.to).toEqual(new Date("2026-11-23T10:00:00Z"));
});
