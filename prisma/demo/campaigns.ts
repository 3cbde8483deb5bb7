import { randomInt } from "node:crypto";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { recordReading } from "@/lib/mail/tracking/record-opens-and-clicks";
import { signLink } from "@/lib/mail/tracking/signed-links";
import { unsubscribe } from "@/lib/mail/tracking/unsubscribe";
import { now as clock, DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { ageEmails } from "./age";
import { callApi, type Tool } from "./call-api";
import { emailOf } from "./contacts";

const FROM = "Northwind Tea <hello@northwind-tea.example>";
const LINKS = ["https://northwind-tea.example/autumn", "https://northwind-tea.example/sale"];
const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)";
/** The percentage of a campaign's emails that are opened, a usual one for newsletters. */
const OPEN_SHARE = 46;
const CLICK_SHARE = 14;
/** One in this many recipients unsubscribes. */
const LEAVES_ONE_IN = 40;
const SENT_BEFORE_MS = 3 * DAY_MS;

/**
 * Makes lists, rules, templates, a campaign that went out a few days ago, one that waits, and a draft. Returns
 * the id of the template of order mails.
 */
export async function fillCampaigns(planner: Tool, crm: Tool, now: Date): Promise<string> {
  const make = async (path: string, body: unknown) =>
    `${(await callApi(planner, "POST", path, body)).id}`;
  const newsletter = await make("/audiences", { name: "Newsletter" });
  const contacts = Array.from({ length: 160 }, (_, at) => ({
    email: emailOf(at),
    audiences: [newsletter],
  }));
  await callApi(crm, "POST", "/contacts/batch", contacts);
  await make("/audiences", { name: "Trade fair Hamburg" });
  await make("/audiences", {
    name: "Left a cart this week",
    rule: {
      match: "all",
      conditions: [
        { kind: "event", event: "left_cart", did: true, at_least: 1, within_days: 7 },
        { kind: "subscription", unsubscribed: false },
      ],
    },
  });
  const engaged = await make("/audiences", {
    name: "Hamburg, opened in 30 days",
    rule: {
      match: "all",
      conditions: [
        { kind: "property", property: "city", operator: "equals", value: "Hamburg" },
        { kind: "engagement", action: "opened", did: true, within_days: 30 },
      ],
    },
  });
  const template = await make("/templates", {
    name: "Newsletter",
    subject: "New teas for {{ contact.first_name | default: 'you' }}",
    html: NEWSLETTER,
  });
  const order = { name: "Order confirmation", subject: "Your order {{ number }}", html: ORDER };
  const orderTemplate = await make("/templates", order);
  const common = { from: FROM, template_id: template };
  const sent = await make("/campaigns", {
    ...common,
    name: "Autumn teas",
    audience_id: newsletter,
  });
  await callApi(planner, "POST", `/campaigns/${sent}/send`, {});
  await deliver(sent);
  await read(sent, now);
  await age(sent);
  const waiting = await make("/campaigns", {
    ...common,
    name: "Advent calendar",
    audience_id: newsletter,
  });
  await callApi(planner, "POST", `/campaigns/${waiting}/send`, {
    scheduled_at: later(now, 6 * DAY_MS).toISOString(),
  });
  await make("/campaigns", { ...common, name: "Come back to Hamburg", audience_id: engaged });
  return orderTemplate;
}

/** Sends and delivers at once, instead of by the jobs of the queue. */
async function deliver(campaignId: string): Promise<void> {
  await sendToAudience(campaignId, clock);
  const emails = await db().email.findMany({ where: { campaignId }, select: { id: true } });
  await Promise.all(emails.map(({ id }) => deliverEmail(id, clock, null)));
  // With all of them out, the campaign is sent.
  await sendToAudience(campaignId, clock);
}

/**
 * Records the reactions of recipients. Some open their email within about a day, most of them soon, and some of
 * these follow a link. A few unsubscribe at once.
 */
async function read(campaignId: string, now: Date): Promise<void> {
  for (const [at, emailId] of (await deliveredOf(campaignId)).entries()) {
    if (at % LEAVES_ONE_IN === 1) {
      await leave(emailId);
      continue;
    }
    if (randomInt(100) >= OPEN_SHARE) continue;
    const openedAt = later(
      now,
      MINUTE_MS + Math.round((randomInt(1_000) / 1_000) ** 2 * 26 * HOUR_MS),
    );
    await recordReading("opened", { emailId, userAgent: PHONE }, openedAt);
    if (randomInt(100) >= (CLICK_SHARE * 100) / OPEN_SHARE) continue;
    const url = LINKS[randomInt(LINKS.length)] ?? "";
    await recordReading("clicked", { emailId, url, userAgent: PHONE }, later(openedAt, MINUTE_MS));
  }
}

/**
 * Unsubscribes a recipient now. Openings and clicks lie in the future until `age` moves them back, but this one
 * changes the contact too, which `age` does not move.
 */
async function leave(emailId: string): Promise<void> {
  await recordReading("opened", { emailId, userAgent: PHONE }, clock());
  await unsubscribe({ emailId, signature: signLink({ purpose: "unsubscribe", emailId }) }, clock());
}

async function deliveredOf(campaignId: string): Promise<string[]> {
  const emails = await db().email.findMany({
    where: { campaignId, status: "delivered" },
    select: { id: true },
  });
  return emails.map(({ id }) => id);
}

/** Moves the campaign and its emails three days into the past. */
async function age(campaignId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE campaign SET created_at = created_at - interval '3 days',
      updated_at = updated_at - interval '3 days', scheduled_at = scheduled_at - interval '3 days',
      started_at = started_at - interval '3 days', finished_at = finished_at - interval '3 days'
    WHERE id = ${campaignId}`;
  await db().$executeRaw`
    UPDATE campaign_hour SET hour = hour - interval '3 days' WHERE campaign_id = ${campaignId}`;
  const emails = await db().email.findMany({ where: { campaignId }, select: { id: true } });
  await ageEmails(emails.map(({ id }) => ({ id, ms: SENT_BEFORE_MS })));
}

const NEWSLETTER = `<div style="font-family: sans-serif; max-width: 560px; margin: 0 auto">
  <h1>Hello {{ contact.first_name | default: "there" }}</h1>
  {% if events.viewed_product %}<p>Still thinking of {{ events.viewed_product.last.payload.name }}?</p>{% endif %}
  <p>The autumn harvest is in: <a href="${LINKS[0]}">eleven new teas</a>, and
  <a href="${LINKS[1]}">last year's at half the price</a>.</p>
</div>`;

const ORDER = `<h1>Thank you{% if contact.first_name %}, {{ contact.first_name }}{% endif %}</h1>
<p>Order {{ number }} is on its way.</p>`;
