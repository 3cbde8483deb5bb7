import { beforeEach, expect, test } from "vitest";
import { dismissFinding } from "@/lib/access/findings/changes/dismiss-finding";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { watchAllKeys } from "@/lib/access/findings/watching/watch-keys";
import { mailNotices } from "@/lib/access/notices/mail-notices";
import { chooseNotices, noticeChoiceOf } from "@/lib/access/notices/notice-choice";
import { hasUnreadNotices, listNotices, markNoticesSeen } from "@/lib/access/notices/read-notices";
import { tellMembers } from "@/lib/access/notices/tell-members";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { withMailServer } from "@/lib/testing/with-mail-server";

const mails = withMailServer();
let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
  mails().arrivals.length = 0;
});

/** A key that ends in `days`, which is found out. */
async function givenExpiringKey(by: MemberActor, name: string, days: number): Promise<string> {
  const { keyId } = await givenKey(by, { name });
  await expires(keyId, days);
  return keyId;
}

async function expires(keyId: string, days: number): Promise<void> {
  const expiresAt = later(now, days * DAY_MS);
  await db().apiKey.update({ where: { id: keyId }, data: { expiresAt } });
  await watchAllKeys(now);
}

async function jobsOf(members: readonly MemberActor[]) {
  const keys = members.map(({ memberId }) => `notices:${memberId}`);
  const jobs = await db().$queryRaw<{ key: string; run_at: Date }[]>`
    SELECT key, run_at FROM graphile_worker.jobs WHERE key = ANY(${keys}::text[])`;
  return new Map(jobs.map((job) => [job.key.replace("notices:", ""), job.run_at]));
}

/** The subjects that a member was mailed, newest last. */
function subjectsFor({ email }: MemberActor): (string | undefined)[] {
  return mails()
    .arrivals.filter(({ to }) => to.includes(email))
    .map(({ mail }) => mail.subject);
}

test("the owner of a key and all admins are told once, and again when it gets worse", async () => {
  const marketer = await givenColleague(owner, "marketer");
  const admin = await givenColleague(owner, "admin");
  const viewer = await givenColleague(owner, "viewer");
  const other = await givenColleague(owner, "marketer");
  const keyId = await givenExpiringKey(marketer, "HubSpot sync", 10);
  const all = [owner, marketer, admin, viewer, other];
  const tell = async () => {
    await tellMembers(now, owner.workspaceId);
    for (const { memberId } of all) await mailNotices(memberId, now);
  };
  await tellMembers(now, owner.workspaceId);
  expect([...(await jobsOf(all)).keys()].sort()).toEqual(
    [owner, marketer, admin].map(({ memberId }) => memberId).sort(),
  );
  await tell();
  await tell();
  for (const member of [owner, marketer, admin]) {
    expect(subjectsFor(member)).toEqual(["HubSpot sync stops working in 10 days"]);
  }
  expect([...subjectsFor(viewer), ...subjectsFor(other)]).toEqual([]);
  const [first] = mails().arrivals;
  expect(first?.mail.text).toContain("https://keys.example.com/settings/security/findings/fnd_");
  expect(first?.mail.text).toContain("https://keys.example.com/settings/account");
  await expires(keyId, 2);
  await tell();
  expect(subjectsFor(marketer)).toEqual([
    "HubSpot sync stops working in 10 days",
    expect.stringMatching(/HubSpot sync stops working in 2 days$/),
  ]);
});

test("two processes that mail a member at once tell nothing twice, and what is new later", async () => {
  await givenExpiringKey(owner, "HubSpot sync", 10);
  await Promise.all([mailNotices(owner.memberId, now), mailNotices(owner.memberId, now)]);
  expect(subjectsFor(owner)).toHaveLength(1);
  // A second process finds the work taken, and looks again a moment later.
  expect((await jobsOf([owner])).get(owner.memberId)).toEqual(later(now, 10_000));
  await mailNotices(owner.memberId, later(now, 10_000));
  expect(subjectsFor(owner)).toHaveLength(1);
  await givenExpiringKey(owner, "Shop", 10);
  await mailNotices(owner.memberId, later(now, 20_000));
  expect(subjectsFor(owner)).toHaveLength(2);
});

test("several findings are one mail, worst first, and what was seen to meanwhile is in none", async () => {
  await givenExpiringKey(owner, "First", 10);
  await givenExpiringKey(owner, "Second", 1);
  const seenTo = await givenExpiringKey(owner, "Third", 10);
  const { id: findingId } = await db().finding.findFirstOrThrow({
    where: { keyId: seenTo, kind: "expiring" satisfies FindingKind },
  });
  await dismissFinding(owner, { findingId, reason: "intended", note: "" }, now);
  await mailNotices(owner.memberId, now);
  const [mail] = mails().arrivals;
  expect(subjectsFor(owner)).toEqual([
    expect.stringContaining(`2 things about API keys in ${owner.workspaceName}`),
  ]);
  const text = mail?.mail.text ?? "";
  expect(text.indexOf("Second stops working")).toBeLessThan(text.indexOf("First stops working"));
  expect(text.indexOf("Second stops working")).toBeGreaterThan(0);
  expect(text).not.toContain("Third");
});

test("members choose what they are told, and how often", async () => {
  const daily = await givenColleague(owner, "admin");
  const muting = await givenColleague(owner, "admin");
  const silent = await givenColleague(owner, "admin");
  await chooseNotices(daily, { from: "tidy", pace: "daily", muted: [] }, now);
  await chooseNotices(muting, { from: "tidy", pace: "at_once", muted: ["expiring"] }, now);
  await chooseNotices(silent, { from: "nothing", pace: "at_once", muted: [] }, now);
  await givenExpiringKey(owner, "HubSpot sync", 10);
  await tellMembers(now, owner.workspaceId);
  const jobs = await jobsOf([owner, daily, muting, silent]);
  expect(jobs.get(daily.memberId)?.getUTCHours()).toBe(7);
  expect(jobs.get(daily.memberId)?.getTime()).toBeGreaterThan(now.getTime());
  expect(jobs.has(owner.memberId)).toBe(true);
  expect(jobs.has(silent.memberId)).toBe(false);
  await mailNotices(muting.memberId, now);
  expect(
    mails()
      .arrivals.map(({ mail }) => mail.text)
      .join(),
  ).not.toContain("stops working");
  expect(await noticeChoiceOf(muting)).toEqual({
    from: "tidy",
    pace: "at_once",
    muted: ["expiring"],
  });
  const viewer = await givenColleague(owner, "viewer");
  const refused = await chooseNotices(viewer, { from: "tidy", pace: "daily", muted: [] }, now);
  expect(refused).toMatchObject({ ok: false, code: "forbidden" });
});

test("the bell shows what is new until its page was seen, and shows it again when it gets worse", async () => {
  const stranger = await givenOwner();
  expect(await hasUnreadNotices(owner)).toBe(false);
  const keyId = await givenExpiringKey(owner, "HubSpot sync", 10);
  expect(await hasUnreadNotices(owner)).toBe(true);
  expect(await hasUnreadNotices(stranger)).toBe(false);
  const [notice] = await listNotices(owner, now);
  expect(notice).toMatchObject({ isUnread: true, finding: { key: { id: keyId } } });
  expect(await listNotices(stranger, now)).toEqual([]);
  // A browser may claim to have seen the future.
  await markNoticesSeen(owner, { until: later(now, DAY_MS).toISOString() }, now);
  expect(await hasUnreadNotices(owner)).toBe(false);
  expect((await listNotices(owner, now)).map(({ isUnread }) => isUnread)).toEqual([false]);
  const tomorrow = later(now, DAY_MS);
  await db().apiKey.update({ where: { id: keyId }, data: { expiresAt: later(now, 3 * DAY_MS) } });
  await watchAllKeys(tomorrow);
  expect(await hasUnreadNotices(owner)).toBe(true);
});

test("without a mail server nothing waits to be mailed", async () => {
  await givenExpiringKey(owner, "HubSpot sync", 10);
  const { env } = await import("@/lib/platform/env");
  const { SMTP_URL } = env();
  env().SMTP_URL = undefined;
  await tellMembers(now, owner.workspaceId);
  env().SMTP_URL = SMTP_URL;
  expect((await jobsOf([owner])).size).toBe(0);
});
