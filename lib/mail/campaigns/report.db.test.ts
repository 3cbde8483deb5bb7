import fc from "fast-check";
import { expect, test } from "vitest";
import { RECIPIENT_STATUSES } from "@/lib/mail/campaigns/limits";
import { listCampaignRecipients } from "@/lib/mail/campaigns/recipients";
import { campaignReport } from "@/lib/mail/campaigns/report";
import type { RecipientStatus } from "@/lib/mail/campaigns/schema";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { type View, viewOf } from "@/lib/people/auth/view";
import { HOUR_MS, now, startOf } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";

const PEOPLE = 25;
const URLS = ["https://shop.example/a", "https://shop.example/b", "https://shop.example/c"];

const happening = fc.record({
  person: fc.nat(PEOPLE - 1),
  type: fc.constantFrom(
    "delivered",
    "bounced",
    "opened",
    "clicked",
    "unsubscribed",
    "delayed",
    "fetched",
    "scanned",
  ),
  url: fc.constantFrom(...URLS),
  hoursLater: fc.nat(70),
});
const traffic = fc.array(happening, { minLength: 1, maxLength: 60 });

test("the numbers are those of the raw events, whatever happened in whatever order", async () => {
  const owner = await givenOwner();
  const { audienceId } = await givenList(owner, PEOPLE);
  const id = await givenSendingCampaign(owner, { audienceId });
  const at = now();
  await sendToAudience(id, now);
  const emails = await db().email.findMany({ where: { campaignId: id }, orderBy: { id: "asc" } });
  await fc.assert(
    fc.asyncProperty(traffic, async (happenings) => {
      const events = happenings.map(({ person, type, url, hoursLater }) => ({
        emailId: emails[person]?.id ?? "",
        type,
        at: new Date(at.getTime() + hoursLater * HOUR_MS),
        ...(type === "clicked" ? { detail: { url } } : {}),
      }));
      await transact((tx) => recordEmailEvents(tx, events, now()));
      await expectReportToAddUp(viewOf(owner, "live"), id);
    }),
    { numRuns: 12 },
  );
}, 120_000);

async function expectReportToAddUp(view: View, id: string): Promise<void> {
  const found = await campaignReport(view, id);
  if (!found.ok) throw new Error(found.message);
  const report = found.value;
  const raw = await db().emailEvent.findMany({ where: { campaignId: id } });
  const total = (type: string) => raw.filter((event) => event.type === type).length;
  const unique = (type: string) =>
    new Set(raw.filter((event) => event.type === type).map(({ emailId }) => emailId)).size;
  expect(report).toMatchObject({
    recipients: await db().email.count({ where: { campaignId: id } }),
    delivered: unique("delivered"),
    bounced: unique("bounced"),
    failed: unique("failed"),
    suppressed: unique("suppressed"),
    canceled: unique("canceled"),
    unsubscribes: unique("unsubscribed"),
    opens: { unique: unique("opened"), total: total("opened") },
    clicks: { unique: unique("clicked"), total: total("clicked") },
    machines: { opens: total("fetched"), clicks: total("scanned") },
  });
  const { delivered, bounced, failed, suppressed } = report;
  const settled = delivered + bounced + failed + suppressed;
  expect(report.waiting).toBe(Math.max(0, report.recipients - settled));
  const clicks = raw.filter(({ type }) => type === "clicked");
  const urlOf = (event: (typeof raw)[number]) => (event.detail as { url: string }).url;
  for (const link of report.links) {
    const ofLink = clicks.filter((event) => urlOf(event) === link.url);
    expect(link.clicks).toBe(ofLink.length);
    expect(link.uniqueClicks).toBe(new Set(ofLink.map(({ emailId }) => emailId)).size);
  }
  expect(report.links.reduce((sum, link) => sum + link.clicks, 0)).toBe(clicks.length);
  for (const hour of report.hours) {
    const inHour = raw.filter(({ at }) => +startOf(at, HOUR_MS) === +hour.hour);
    const count = (type: string) => inHour.filter((event) => event.type === type).length;
    expect([hour.opens, hour.clicks]).toEqual([count("opened"), count("clicked")]);
  }
  const sum = (countOf: (hour: (typeof report.hours)[number]) => number) =>
    report.hours.reduce((all, hour) => all + countOf(hour), 0);
  expect(sum((hour) => hour.uniqueOpens)).toBe(report.opens.unique);
  expect(sum((hour) => hour.clicks)).toBe(report.clicks.total);
  expect(report.rates.opened).toBe(rate(report.opens.unique, report.delivered));
  expect(report.rates.delivered).toBe(rate(report.delivered, report.recipients));
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

test("emails that stayed here are told from those that left", async () => {
  const owner = await givenOwner();
  const { audienceId } = await givenList(owner, 3);
  const id = await givenSendingCampaign(owner, { audienceId });
  await sendToAudience(id, now);
  const [left, ...kept] = await db().email.findMany({ where: { campaignId: id } });
  for (const email of kept) await deliverEmail(email.id, now, null);
  const event = { emailId: left?.id ?? "", type: "delivered" as const };
  await transact((tx) => recordEmailEvents(tx, [event], now()));
  const view = viewOf(owner, "live");
  const report = await campaignReport(view, id);
  expect(report).toMatchObject({ value: { delivered: 3, kept: 2, waiting: 0 } });
  const page = await listCampaignRecipients(view, id, { limit: 10, status: "delivered" });
  if (!page.ok) throw new Error(page.message);
  expect(page.value.rows.filter(({ captured }) => captured)).toHaveLength(2);
});

test("the recipients of a status are as many as the report counts", async () => {
  const owner = await givenOwner();
  const { audienceId } = await givenList(owner, PEOPLE);
  const id = await givenSendingCampaign(owner, { audienceId });
  await sendToAudience(id, now);
  const emails = await db().email.findMany({ where: { campaignId: id } });
  const events = emails
    .slice(0, 7)
    .flatMap(({ id: emailId }, at) => [
      { emailId, type: "delivered" as const },
      { emailId, type: "opened" as const },
      { emailId, type: "opened" as const },
      ...(at < 3
        ? [{ emailId, type: "clicked" as const, detail: { url: "https://a.example" } }]
        : []),
    ]);
  await transact((tx) => recordEmailEvents(tx, events, now()));
  const view = viewOf(owner, "live");
  const counts: Partial<Record<RecipientStatus | "all", number>> = {};
  for (const status of [...RECIPIENT_STATUSES, undefined]) {
    counts[status ?? "all"] = await countByPaging(view, id, status);
  }
  expect(counts).toEqual({
    all: PEOPLE,
    delivered: 7,
    opened: 7,
    clicked: 3,
    unsubscribed: 0,
    bounced: 0,
    failed: 0,
    suppressed: 0,
    canceled: 0,
  });
});

async function countByPaging(view: View, campaignId: string, status: RecipientStatus | undefined) {
  const seen = new Set<string>();
  for (let after: string | undefined, more = true; more; ) {
    const query = { limit: 4, ...(after ? { after } : {}), ...(status ? { status } : {}) };
    const page = await listCampaignRecipients(view, campaignId, query);
    if (!page.ok) throw new Error(page.message);
    for (const { id } of page.value.rows) seen.add(id);
    more = page.value.hasMore;
    after = page.value.nextCursor ?? undefined;
  }
  return seen.size;
}
