import { beforeEach, describe, expect, test } from "vitest";
import { campaignReport } from "@/lib/mail/campaigns/report";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { contactTimeline } from "@/lib/mail/contacts/timeline";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { getProfile } from "@/lib/mail/events/contact-profile";
import { recordReading } from "@/lib/mail/tracking/record-opens-and-clicks";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import { HOUR_MS, later, now, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";

const LINKS = [
  "https://shop.example/a",
  "https://shop.example/b?x=1&y=2",
  "https://shop.example/ö",
];
const PERSON = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15";
const SCANNER = { userAgent: PERSON, address: "203.0.113.50" };
const READER = { userAgent: PERSON, address: "198.51.100.7" };

let owner: MemberActor;
let campaignId: string;
let emailId: string;
let contactId: string;
let at: Date;

beforeEach(async () => {
  owner = await givenOwner();
  const { audienceId, contactIds } = await givenList(owner, 1);
  contactId = contactIds[0] ?? "";
  const html = LINKS.map((url) => `<a href="${url.replace("&", "&amp;")}">x</a>`).join(" ");
  campaignId = await givenSendingCampaign(owner, { audienceId, html: `${html}${html}` });
  await sendToAudience(campaignId, now);
  ({ id: emailId } = await db().email.findFirstOrThrow({ where: { campaignId } }));
  await deliverEmail(emailId, now, null);
  at = now();
  const startedAt = later(at, -3 * HOUR_MS);
  await db().campaign.update({ where: { id: campaignId }, data: { startedAt } });
});

type Who = { userAgent: string | null; address?: string; onlyAsked?: boolean };

const open = (who: Who, after = 0) =>
  recordReading("opened", { emailId, ...who }, later(at, after * SECOND_MS));

const click = (url: string | undefined, who: Who, after = 0) =>
  recordReading("clicked", { emailId, url: url ?? "", ...who }, later(at, after * SECOND_MS));

/** What the report, the email, the contact and the profile say of people and of machines. */
async function told() {
  const view = viewOf(owner, "live");
  const report = await campaignReport(view, campaignId);
  const profile = await getProfile(view, { id: contactId }, now());
  if (!report.ok || !profile.ok) throw new Error("There is no report or profile.");
  const email = await db().email.findUniqueOrThrow({ where: { id: emailId } });
  const { opens, clicks, machines, links, hours } = report.value;
  const inHours = hours.reduce((sum, hour) => sum + hour.opens + hour.clicks, 0);
  expect(inHours).toBe(opens.total + clicks.total);
  const uniqueInHours = hours.reduce((sum, hour) => sum + hour.uniqueOpens + hour.uniqueClicks, 0);
  expect(uniqueInHours).toBe(opens.unique + clicks.unique);
  const shown = Math.min(5, opens.total) + Math.min(5, clicks.total);
  expect(profile.value.engagement).toHaveLength(shown);
  expect([profile.value.lastOpenedAt, profile.value.lastClickedAt].map(Boolean)).toEqual([
    opens.total > 0,
    clicks.total > 0,
  ]);
  expect([email.openedAt, email.clickedAt].map(Boolean)).toEqual([
    opens.total > 0,
    clicks.total > 0,
  ]);
  return {
    people: [opens.unique, opens.total, clicks.unique, clicks.total],
    machines: [machines.opens, machines.clicks],
    links: links.filter((link) => link.clicks > 0).map(({ url, clicks: n }) => [url, n]),
    status: email.status,
  };
}

const NOBODY = { people: [0, 0, 0, 0], links: [], status: "delivered" };

describe("a picture", () => {
  test.each([
    "Mozilla/5.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
  ])("loaded by %s is a machine's", async (userAgent) => {
    await open({ ...READER, userAgent });
    expect(await told()).toEqual({ ...NOBODY, machines: [1, 0] });
  });

  test("loaded by a person counts beside it", async () => {
    await open({ userAgent: "Mozilla/5.0", address: "203.0.113.50" });
    await open(READER);
    expect(await told()).toMatchObject({
      people: [1, 1, 0, 0],
      machines: [1, 0],
      status: "opened",
    });
  });
});

describe("links", () => {
  test("all followed from one address within seconds are a scanner's, the picture with them", async () => {
    await open(SCANNER);
    for (const [after, url] of LINKS.entries()) await click(url, SCANNER, after);
    expect(await told()).toEqual({ ...NOBODY, machines: [1, 3] });
    const { entries } = await contactTimeline(owner, {
      id: contactId,
      environment: "live",
      before: "",
    });
    const types = entries.map((entry) => (entry.kind === "email" ? entry.type : entry.kind));
    expect(types.filter((type) => type === "opened" || type === "clicked")).toEqual([]);
    expect(types).toContain("scanned");
    await click(LINKS[0], SCANNER, 4);
    expect(await told()).toEqual({ ...NOBODY, machines: [1, 4] });
  });

  test("followed by a person before and after the scanner are the person's", async () => {
    await click(LINKS[0], READER, -HOUR_MS / SECOND_MS);
    for (const url of LINKS) await click(url, SCANNER);
    await click(LINKS[0], READER, 60);
    await open(READER, 60);
    expect(await told()).toEqual({
      people: [1, 1, 1, 2],
      machines: [0, 3],
      links: [[LINKS[0], 2]],
      status: "clicked",
    });
  });

  test("first followed by the scanner count for the person who follows one later", async () => {
    await click(LINKS[0], SCANNER);
    await click(LINKS[1], READER, 1);
    for (const url of LINKS.slice(1)) await click(url, SCANNER, 2);
    expect(await told()).toEqual({
      people: [0, 0, 1, 1],
      machines: [0, 3],
      links: [[LINKS[1], 1]],
      status: "clicked",
    });
    const first = await db().emailEvent.findMany({ where: { emailId, type: "clicked" } });
    expect(first.map((event) => event.first)).toEqual([true]);
  });

  test("followed one by one, as people read, are a person's", async () => {
    for (const [place, url] of LINKS.entries()) await click(url, READER, place * 20);
    expect(await told()).toMatchObject({ people: [0, 0, 1, 3], machines: [0, 0] });
  });

  test("followed in part, or from several addresses, are people's", async () => {
    for (const url of LINKS.slice(1)) await click(url, READER);
    await click(LINKS[0], { userAgent: PERSON, address: "192.0.2.1" });
    for (const url of LINKS) await click(url, { userAgent: PERSON });
    expect(await told()).toMatchObject({ people: [0, 0, 1, 6], machines: [0, 0] });
  });

  test("asked for by HEAD, and then followed from there, are a scanner's", async () => {
    await click(LINKS[0], { ...SCANNER, onlyAsked: true });
    await click(LINKS[0], SCANNER, 1);
    await open(SCANNER, 2);
    expect(await told()).toEqual({ ...NOBODY, machines: [1, 2] });
    await click(LINKS[0], READER, 3);
    expect(await told()).toMatchObject({ people: [0, 0, 1, 1], machines: [1, 2] });
  });
});

test("no address is kept with a reading", async () => {
  await click(LINKS[0], READER);
  const events = await db().emailEvent.findMany({ where: { emailId } });
  expect(JSON.stringify(events)).not.toContain(READER.address);
});

test("an email with one link says nothing about who followed it", async () => {
  const html = '<a href="https://shop.example/only">x</a>';
  await db().emailContent.update({ where: { emailId }, data: { html } });
  await click("https://shop.example/only", READER);
  expect(await told()).toMatchObject({ people: [0, 0, 1, 1], machines: [0, 0] });
});
