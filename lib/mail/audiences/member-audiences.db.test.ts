import { beforeEach, describe, expect, test } from "vitest";
import { getAudienceDetails } from "@/lib/mail/audiences/audience-details";
import { audienceUse } from "@/lib/mail/audiences/audience-use";
import {
  audienceChoices,
  countRule,
  createMemberAudience,
  deleteMemberAudience,
  editMemberAudience,
  listMemberAudiences,
} from "@/lib/mail/audiences/member-audiences";
import { ruleChoices } from "@/lib/mail/audiences/rule-choices";
import { type AudienceRule, type NewAudienceInput, RULES_MAX } from "@/lib/mail/audiences/schema";
import { contactsOf } from "@/lib/mail/contacts/contacts-in-audience";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { recordedOn, whoCannotBeRecorded } from "@/lib/testing/audit";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";
import type { CampaignStatus } from "@/prisma/generated/enums";

let owner: MemberActor;
let viewer: MemberActor;
let stranger: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
  viewer = await givenColleague(owner, "viewer");
  stranger = await givenOwner();
});

const LIVE = { environment: "live" } as const;
const LATER = later(TEST_NOON, MINUTE_MS);
const NOT_FOUND = { ok: false, code: "not_found" };

function numbered(value: number): AudienceRule {
  const condition = { kind: "property", property: "n", operator: "at_least", value } as const;
  return { match: "all", conditions: [condition] };
}

async function givenAudience(values: Partial<NewAudienceInput> = {}): Promise<string> {
  const made = await createMemberAudience(owner, { name: "News", ...LIVE, ...values }, TEST_NOON);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
}

async function givenAudienceOf({ status }: { status: CampaignStatus }): Promise<string> {
  const { audienceId } = await givenList(owner, 2);
  const id = await givenSendingCampaign(owner, { audienceId });
  await db().campaign.update({ where: { id }, data: { status } });
  return audienceId;
}

async function stored(id: string) {
  return await db().audience.findUnique({ where: { id }, include: { members: true } });
}

test("what becomes of an audience is on record, with who did it and what changed", async () => {
  const id = await givenAudience({ rule: numbered(1) });
  const change = { ...LIVE, id, name: "Letters", rule: numbered(2) };
  expect(await editMemberAudience(owner, change, LATER)).toMatchObject({ ok: true });
  expect(await stored(id)).toMatchObject({ name: "Letters", rule: numbered(2), updatedAt: LATER });
  expect(await editMemberAudience(owner, change, LATER)).toMatchObject({ ok: true });
  const end = later(LATER, MINUTE_MS);
  expect(await deleteMemberAudience(owner, { ...LIVE, id }, end)).toMatchObject({ ok: true });
  expect(await stored(id)).toBeNull();
  const [was, is] = ["n is at least 1", "n is at least 2"];
  const created = {
    name: { from: null, to: "News" },
    environment: { from: null, to: "live" },
    rule: { from: null, to: was },
  };
  const [by, after] = [{ actorId: owner.memberId }, { targetName: "Letters" }];
  expect(await recordedOn(owner, id)).toEqual([
    { ...by, targetName: "News", action: "audience.created", changes: created },
    {
      ...by,
      ...after,
      action: "audience.renamed",
      changes: { name: { from: "News", to: "Letters" } },
    },
    { ...by, ...after, action: "audience.rule_changed", changes: { rule: { from: was, to: is } } },
    { ...by, ...after, action: "audience.deleted", changes: {} },
  ]);
});

test("nothing is done that cannot be recorded", async () => {
  const id = await givenAudience();
  const before = await stored(id);
  const count = await db().audience.count();
  const unrecorded = whoCannotBeRecorded(owner);
  const made = createMemberAudience(unrecorded, { ...LIVE, name: "X" }, LATER);
  await expect(made).rejects.toThrow();
  const renamed = editMemberAudience(unrecorded, { ...LIVE, id, name: "X" }, LATER);
  await expect(renamed).rejects.toThrow();
  await expect(deleteMemberAudience(unrecorded, { ...LIVE, id }, LATER)).rejects.toThrow();
  expect(await stored(id)).toEqual(before);
  expect(await db().audience.count()).toBe(count);
});

describe("not found, and nothing changes,", () => {
  test("for a viewer, who may only look", async () => {
    const id = await givenAudience({ rule: numbered(1) });
    const before = await stored(id);
    const count = await db().audience.count();
    const [change, input] = [
      { ...LIVE, id, name: "X" },
      { ...LIVE, name: "X" },
    ];
    expect(await createMemberAudience(viewer, input, LATER)).toMatchObject(NOT_FOUND);
    expect(await editMemberAudience(viewer, change, LATER)).toMatchObject(NOT_FOUND);
    expect(await deleteMemberAudience(viewer, { ...LIVE, id }, LATER)).toMatchObject(NOT_FOUND);
    const counted = await countRule(viewer, { ...LIVE, rule: numbered(1) }, LATER);
    expect(counted).toMatchObject(NOT_FOUND);
    expect(await ruleChoices(viewer, "live")).toEqual({ events: [], properties: [] });
    expect(await getAudienceDetails(viewer, id)).toMatchObject({ value: { rule: numbered(1) } });
    expect(await stored(id)).toEqual(before);
    expect(await db().audience.count()).toBe(count);
    expect(await recordedOn(owner, id)).toHaveLength(1);
  });

  test.each(["another workspace", "the other environment"])("from %s", async (where) => {
    const { audienceId: id } = await givenList(owner, 2);
    await givenWorkingKey(owner, { audiences: [id] });
    const before = await stored(id);
    const elsewhere = where === "another workspace";
    const actor = elsewhere ? stranger : owner;
    const ref = { id, environment: elsewhere ? "live" : "test" } as const;
    expect(await editMemberAudience(actor, { ...ref, name: "X" }, LATER)).toMatchObject(NOT_FOUND);
    expect(await deleteMemberAudience(actor, ref, LATER)).toMatchObject(NOT_FOUND);
    expect(await stored(id)).toEqual(before);
    expect(await recordedOn(actor, id)).toEqual([]);
    expect(await getAudienceDetails(stranger, id)).toMatchObject(NOT_FOUND);
    expect(await audienceUse(stranger, { id })).toMatchObject({ value: { keys: [] } });
  });
});

describe("a conflict, and nothing changes,", () => {
  test("when a list would get a rule", async () => {
    const { audienceId: id } = await givenList(owner, 2);
    const before = await stored(id);
    const change = { ...LIVE, id, name: "X", rule: numbered(1) };
    expect(await editMemberAudience(owner, change, LATER)).toMatchObject({ code: "conflict" });
    expect(await stored(id)).toEqual(before);
    expect(await recordedOn(owner, id)).toEqual([]);
  });

  test("when a dynamic audience would be written by hand", async () => {
    const id = await givenAudience({ rule: numbered(1) });
    const { contactIds } = await givenList(owner, 1);
    const { secret } = await givenWorkingKey(owner);
    const path = `/contacts/${contactIds[0]}/audiences/${id}`;
    for (const method of ["POST", "DELETE"]) {
      expect((await call(path, { method, secret })).status).toBe(409);
    }
    expect(await stored(id)).toMatchObject({ members: [] });
  });

  test.each(["scheduled", "sending"] as const)("when a campaign needs it: %s", async (status) => {
    const id = await givenAudienceOf({ status });
    expect(await deleteMemberAudience(owner, { ...LIVE, id }, LATER)).toMatchObject({
      code: "conflict",
    });
    expect(await stored(id)).not.toBeNull();
    expect(await recordedOn(owner, id)).toEqual([]);
  });

  test("when there are too many rules, in their environment alone", async () => {
    const { workspaceId } = owner;
    const times = { createdAt: TEST_NOON, updatedAt: TEST_NOON };
    const place = { workspaceId, ...LIVE, rule: numbered(1), ...times };
    await db().audience.createMany({
      data: Array.from({ length: RULES_MAX }, (_, n) => {
        return { id: newId("aud", TEST_NOON), name: `Rule ${n}`, ...place };
      }),
    });
    const input = { name: "One more", ...LIVE, rule: numbered(1) };
    expect(await createMemberAudience(owner, input, LATER)).toMatchObject({ code: "conflict" });
    expect(await db().audience.count({ where: { workspaceId } })).toBe(RULES_MAX);
    await givenAudience({ rule: numbered(1), environment: "test" });
    await givenAudience();
  });
});

test.each(["draft", "sent", "canceled"] as const)("no %s campaign keeps it", async (status) => {
  const id = await givenAudienceOf({ status });
  expect(await deleteMemberAudience(owner, { ...LIVE, id }, LATER)).toMatchObject({ ok: true });
  expect(await stored(id)).toBeNull();
});

test("of ten who delete it at once, one does", async () => {
  const id = await givenAudience();
  const ref = { ...LIVE, id };
  const results = await Promise.all(
    Array.from({ length: 10 }, () => deleteMemberAudience(owner, ref, LATER)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === "not_found")).toHaveLength(9);
  const actions = (await recordedOn(owner, id)).map(({ action }) => action);
  expect(actions).toEqual(["audience.created", "audience.deleted"]);
});

test("audiences are listed and counted within workspace and environment, page by page", async () => {
  const { audienceId: list } = await givenList(owner, 3);
  await givenList(owner, 5, "test");
  await givenList(stranger, 7);
  const rule = await givenAudience({ name: "Some", rule: numbered(1) });
  const page = await listMemberAudiences(owner, LIVE, TEST_NOON);
  const counts = page.ok && page.value.rows.map(({ id, count }) => [id, count]);
  expect(counts).toHaveLength(2);
  expect(counts).toContainEqual([list, { contacts: 3, isExact: true }]);
  expect(counts).toContainEqual([rule, { contacts: 2, isExact: true }]);
  const counted = await countRule(owner, { ...LIVE, rule: numbered(0) }, TEST_NOON);
  expect(counted).toMatchObject({ value: { contacts: 3 } });
  const offered = (await audienceChoices(owner, "live")).map(({ name }) => name);
  expect(offered.sort()).toEqual(["Newsletter", "Some"]);
  expect(await audienceChoices(owner, "test")).toHaveLength(1);
  expect(await ruleChoices(owner, "live")).toEqual({ events: [], properties: ["n"] });
  const details = await getAudienceDetails(owner, rule);
  const membership = details.ok ? await contactsOf(owner, details.value, TEST_NOON) : null;
  expect(membership).toMatchObject({
    count: { contacts: 2 },
    newest: [{ email: "person-2@example.com" }, { email: "person-1@example.com" }],
  });
  for (let n = 0; n < 24; n += 1) await givenAudience({ name: `More ${n}` });
  const first = await listMemberAudiences(owner, LIVE, TEST_NOON);
  if (!first.ok || !first.value.nextCursor) throw new Error("There is no second page.");
  const after = first.value.nextCursor;
  const second = await listMemberAudiences(owner, { ...LIVE, after }, TEST_NOON);
  const ids = [first, second].flatMap((part) =>
    part.ok ? part.value.rows.map(({ id }) => id) : [],
  );
  expect(new Set(ids).size).toBe(26);
  const astray = await listMemberAudiences(owner, { environment: "test", after }, TEST_NOON);
  expect(astray).toMatchObject({ code: "validation_error" });
});
