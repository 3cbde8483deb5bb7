import { beforeEach, describe, expect, test } from "vitest";
import { createMemberAudience } from "@/lib/mail/audiences/member-audiences";
import {
  cancelMemberCampaign,
  startMemberCampaign,
} from "@/lib/mail/campaigns/member-campaign-steps";
import {
  createMemberCampaign,
  editMemberCampaign,
  getMemberCampaign,
  listMemberCampaigns,
} from "@/lib/mail/campaigns/member-campaigns";
import { type CampaignDraftInput, campaignsPageQuery } from "@/lib/mail/campaigns/schema";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import type { MailServer } from "@/lib/mail/emails/mail-server";
import { addDomain } from "@/lib/mail/sending-domains/member-domains";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, MINUTE_MS, now } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { recordedOn, whoCannotBeRecorded } from "@/lib/testing/audit";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;
let stranger: MemberActor;
let audienceId: string;

beforeEach(async () => {
  owner = await givenOwner();
  stranger = await givenOwner();
  ({ audienceId } = await givenList(owner, 3));
});

const LATER = later(TEST_NOON, MINUTE_MS);
const TOMORROW = later(TEST_NOON, DAY_MS);
const NOT_FOUND = { ok: false, code: "not_found" };
const HTML = "<p>Hello {{ contact.first_name }}</p>";

/** The input that the form of a draft sends. */
function draft(values: Partial<CampaignDraftInput> = {}): CampaignDraftInput {
  return {
    name: "Sale",
    audienceId,
    from: "Acme <hello@acme.example>",
    replyTo: "",
    subject: "Sale",
    html: HTML,
    text: "",
    environment: "live",
    ...values,
  };
}

async function givenDraft(values: Partial<CampaignDraftInput> = {}): Promise<string> {
  const made = await createMemberCampaign(owner, draft(values), TEST_NOON);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
}

async function givenAudience(name: string): Promise<string> {
  const made = await createMemberAudience(owner, { name, environment: "live" }, TEST_NOON);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
}

async function stored(id: string) {
  return await db().campaign.findUniqueOrThrow({ where: { id } });
}

async function jobsOf(id: string): Promise<number> {
  const sql = "SELECT count(*)::int AS jobs FROM graphile_worker.jobs WHERE key = $1";
  return (await pool().query(sql, [`campaign:${id}`])).rows[0].jobs;
}

/** Every way to change a campaign, tried by `actor`: what each of them answered. */
async function tryAll(actor: MemberActor, id: string, values: Partial<CampaignDraftInput> = {}) {
  const { updatedAt } = await stored(id);
  const edit = { ...draft({ name: "X", ...values }), id, updatedAt };
  const results = [
    await editMemberCampaign(actor, edit, LATER),
    await startMemberCampaign(actor, { id, updatedAt }, LATER),
    await cancelMemberCampaign(actor, { id }, LATER),
  ];
  return results.map((result) => (result.ok ? "done" : result.code));
}

describe("on record, with who did it and what changed,", () => {
  test("is a campaign that is drafted, changed, scheduled and canceled", async () => {
    const id = await givenDraft();
    const vip = await givenAudience("VIP");
    const values = { name: "Sale 2", audienceId: vip, replyTo: "a@acme.example", html: "<b>N</b>" };
    const edit = { ...draft(values), id, updatedAt: TEST_NOON };
    expect(await editMemberCampaign(owner, edit, LATER)).toMatchObject({ ok: true });
    const start = { id, scheduledAt: TOMORROW, updatedAt: LATER };
    const [second, third] = [later(LATER, MINUTE_MS), later(LATER, 2 * MINUTE_MS)];
    expect(await startMemberCampaign(owner, start, second)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ status: "scheduled", scheduledAt: TOMORROW });
    expect(await jobsOf(id)).toBe(1);
    expect(await cancelMemberCampaign(owner, { id }, third)).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ status: "canceled", finishedAt: third });
    expect(await jobsOf(id)).toBe(0);
    const by = { actorId: owner.memberId, targetName: "Sale 2" };
    const set = (to: string | number) => ({ from: null, to });
    const audience = set("Newsletter");
    const [name, environment, subject] = [set("Sale"), set("live"), set("Sale")];
    const created = { name, environment, audience, subject };
    const changed = {
      name: { from: "Sale", to: "Sale 2" },
      audience: { from: "Newsletter", to: "VIP" },
      replyTo: { from: "", to: "a@acme.example" },
    };
    const planned = {
      audience: set("VIP"),
      recipients: set(0),
      scheduledAt: set(TOMORROW.toISOString()),
    };
    expect(await recordedOn(owner, id)).toEqual([
      { ...by, targetName: "Sale", action: "campaign.created", changes: created },
      { ...by, action: "campaign.changed", changes: changed },
      { ...by, action: "campaign.scheduled", changes: planned },
      { ...by, action: "campaign.canceled", changes: {} },
    ]);
  });

  test("or nothing of it is done", async () => {
    const id = await givenDraft();
    const before = await stored(id);
    const unrecorded = whoCannotBeRecorded(owner);
    const edit = { ...draft({ name: "X" }), id, updatedAt: TEST_NOON };
    await expect(createMemberCampaign(unrecorded, draft(), LATER)).rejects.toThrow();
    await expect(editMemberCampaign(unrecorded, edit, LATER)).rejects.toThrow();
    const start = { id, updatedAt: before.updatedAt };
    await expect(startMemberCampaign(unrecorded, start, LATER)).rejects.toThrow();
    expect(await stored(id)).toEqual(before);
    expect(await jobsOf(id)).toBe(0);
    expect(await startMemberCampaign(owner, start, LATER)).toMatchObject({ ok: true });
    await expect(cancelMemberCampaign(unrecorded, { id }, LATER)).rejects.toThrow();
    expect(await stored(id)).toMatchObject({ status: "sending" });
    expect(await jobsOf(id)).toBe(1);
    expect(await db().campaign.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
  });
});

describe("not found, and nothing changes,", () => {
  test("for a viewer, who may only look", async () => {
    const id = await givenDraft();
    const before = await stored(id);
    const viewer = await givenColleague(owner, "viewer");
    expect(await createMemberCampaign(viewer, draft(), LATER)).toMatchObject(NOT_FOUND);
    expect(await tryAll(viewer, id)).toEqual(["not_found", "not_found", "not_found"]);
    expect(await getMemberCampaign(viewer, { id }, LATER)).toMatchObject({ value: { people: 3 } });
    expect(await stored(id)).toEqual(before);
    expect(await db().campaign.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
    expect(await recordedOn(owner, id)).toHaveLength(1);
  });

  test("from another workspace", async () => {
    const id = await givenDraft();
    const before = await stored(id);
    const theirs = (await givenList(stranger, 1)).audienceId;
    const answers = await tryAll(stranger, id, { audienceId: theirs });
    expect(answers).toEqual(["not_found", "not_found", "not_found"]);
    expect(await getMemberCampaign(stranger, { id }, LATER)).toMatchObject(NOT_FOUND);
    expect(await stored(id)).toEqual(before);
    expect(await recordedOn(stranger, id)).toEqual([]);
  });

  test("from the other environment", async () => {
    const id = await givenDraft();
    const before = await stored(id);
    const inTest = (await givenList(owner, 1, "test")).audienceId;
    const place = { audienceId: inTest, environment: "test" } as const;
    const edit = { ...draft(place), id, updatedAt: TEST_NOON };
    expect(await editMemberCampaign(owner, edit, LATER)).toMatchObject(NOT_FOUND);
    expect(await stored(id)).toEqual(before);
  });
});

test("a draft is for an audience of its place, from a domain of the workspace, and is Liquid", async () => {
  const id = await givenDraft();
  const before = await stored(id);
  await addDomain(owner, { name: "acme.example" }, TEST_NOON);
  const refused: [Partial<CampaignDraftInput>, object][] = [
    [{ audienceId: (await givenList(stranger, 1)).audienceId }, { code: "validation_error" }],
    [{ audienceId: (await givenList(owner, 1, "test")).audienceId }, { code: "validation_error" }],
    [{ from: "a@elsewhere.example" }, { fieldErrors: { from: expect.anything() } }],
    [{ html: "{% if %}" }, { code: "template_error" }],
  ];
  for (const [values, failure] of refused) {
    expect(await createMemberCampaign(owner, draft(values), LATER)).toMatchObject(failure);
    const edit = { ...draft(values), id, updatedAt: TEST_NOON };
    expect(await editMemberCampaign(owner, edit, LATER)).toMatchObject(failure);
  }
  expect(await stored(id)).toEqual(before);
  expect(await db().campaign.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
});

describe("a conflict, and nothing changes,", () => {
  const NO = "conflict";
  test.each([
    ["scheduled", [NO, NO, "done"]],
    ["sending", [NO, NO, "done"]],
    ["sent", [NO, NO, NO]],
    ["canceled", [NO, NO, NO]],
  ] as const)("to edit or start what is %s, or to cancel what is over", async (status, answers) => {
    const id = await givenDraft();
    await db().campaign.update({ where: { id }, data: { status } });
    const before = await stored(id);
    expect(await tryAll(owner, id)).toEqual(answers);
    const canceled = { status: "canceled", finishedAt: LATER, updatedAt: LATER };
    const isOver = answers[2] === NO;
    expect(await stored(id)).toEqual(isOver ? before : { ...before, ...canceled });
    expect(await recordedOn(owner, id)).toHaveLength(isOver ? 1 : 2);
  });

  test("to cancel a draft, or to start what was changed meanwhile or has lost its audience", async () => {
    const id = await givenDraft();
    expect(await cancelMemberCampaign(owner, { id }, LATER)).toMatchObject({ code: NO });
    const edit = { ...draft({ subject: "Other" }), id, updatedAt: TEST_NOON };
    await editMemberCampaign(owner, edit, LATER);
    expect(await editMemberCampaign(owner, edit, LATER)).toMatchObject({ code: NO });
    const before = await stored(id);
    const stale = { id, updatedAt: TEST_NOON };
    expect(await startMemberCampaign(owner, stale, LATER)).toMatchObject({ code: NO });
    await db().audience.delete({ where: { id: audienceId } });
    const start = { id, updatedAt: LATER };
    expect(await startMemberCampaign(owner, start, LATER)).toMatchObject({ code: NO });
    expect(await stored(id)).toEqual(before);
    expect(await jobsOf(id)).toBe(0);
    expect(await recordedOn(owner, id)).toHaveLength(2);
  });

  test("for nine of ten who start or cancel it at once", async () => {
    const id = await givenDraft();
    const ten = Array.from({ length: 10 });
    const start = { id, updatedAt: TEST_NOON };
    const starts = await Promise.all(ten.map(() => startMemberCampaign(owner, start, LATER)));
    expect(starts.filter(({ ok }) => ok)).toHaveLength(1);
    expect(starts.filter((result) => !result.ok && result.code === NO)).toHaveLength(9);
    expect(await jobsOf(id)).toBe(1);
    const end = later(LATER, MINUTE_MS);
    const cancels = await Promise.all(ten.map(() => cancelMemberCampaign(owner, { id }, end)));
    expect(cancels.filter(({ ok }) => ok)).toHaveLength(1);
    const actions = (await recordedOn(owner, id)).map(({ action }) => action);
    expect(actions).toEqual(["campaign.created", "campaign.sent", "campaign.canceled"]);
  });
});

test("campaigns say whether their emails went no further than the Outbox", async () => {
  const taking: MailServer = {
    handOver: ({ to }) =>
      Promise.resolve({ outcome: "accepted", accepted: [...to], refused: [], response: "250 OK" }),
    close: () => undefined,
  };
  const [kept, half, left, waiting] = [
    await givenSendingCampaign(owner, { audienceId }),
    await givenSendingCampaign(owner, { audienceId }),
    await givenSendingCampaign(owner, { audienceId }),
    await givenSendingCampaign(owner, { audienceId }),
  ];
  const deliver = async (campaignId: string, servers: readonly (MailServer | null)[]) => {
    await sendToAudience(campaignId, now);
    const emails = await db().email.findMany({ where: { campaignId }, select: { id: true } });
    for (const [at, server] of servers.entries()) {
      await deliverEmail(emails[at]?.id ?? "", now, server);
    }
  };
  await deliver(kept, [null, null, null]);
  await deliver(half, [null, taking, null]);
  await deliver(left, [taking, taking, taking]);
  await deliver(waiting, []);
  const page = await listMemberCampaigns(owner, campaignsPageQuery.parse({}));
  const listed = page.ok ? page.value.rows.map(({ id, kept }) => [id, kept]) : [];
  const expected = new Map([
    [kept, true],
    [half, false],
    [left, false],
    [waiting, false],
  ]);
  expect(new Map(listed as [string, boolean][])).toEqual(expected);
  for (const [id, isKept] of expected) {
    const found = await getMemberCampaign(owner, { id }, now());
    expect(found.ok && found.value).toMatchObject({ id, kept: isKept });
  }
});

test("campaigns are listed by state within workspace and environment, and say how many get them", async () => {
  const [first, second] = [await givenDraft(), await givenDraft()];
  await startMemberCampaign(owner, { id: first, updatedAt: TEST_NOON }, LATER);
  await db().contact.updateMany({ where: { firstName: "Person 1" }, data: { unsubscribed: true } });
  const listed = async (actor: MemberActor, query: object) => {
    const page = await listMemberCampaigns(actor, campaignsPageQuery.parse(query));
    return page.ok ? page.value.rows.map(({ id, audienceName }) => [id, audienceName]) : page.code;
  };
  expect(await listed(owner, { status: "draft" })).toEqual([[second, "Newsletter"]]);
  expect(await listed(owner, { after: second })).toEqual([[first, "Newsletter"]]);
  expect(await listed(owner, { environment: "test" })).toEqual([]);
  expect(await listed(stranger, {})).toEqual([]);
  const people = async (id: string) => {
    const found = await getMemberCampaign(owner, { id }, LATER);
    return found.ok && found.value.people;
  };
  expect([await people(first), await people(second)]).toEqual([null, 2]);
});

test("a draft whose sender's domain is no longer the workspace's is not sent", async () => {
  const id = await givenDraft();
  await addDomain(owner, { name: "other.example" }, TEST_NOON);
  const { updatedAt } = await stored(id);
  expect(await startMemberCampaign(owner, { id, updatedAt }, LATER)).toMatchObject({
    fieldErrors: { from: [expect.stringContaining("acme.example")] },
  });
  expect(await stored(id)).toMatchObject({ status: "draft" });
});
