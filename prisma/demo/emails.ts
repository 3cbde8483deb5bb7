import { randomInt } from "node:crypto";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import type { HandOver, MailServer } from "@/lib/mail/emails/mail-server";
import { recordReading } from "@/lib/mail/tracking/record-opens-and-clicks";
import { now as clock, DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { ageEmails } from "./age";
import { callApi, idsOf, type Tool } from "./call-api";
import { emailOf } from "./contacts";

const ORDER_TAGS = [{ name: "kind", value: "order" }];
const FROM = "Northwind Tea <orders@northwind-tea.example>";

/** Sends the order mails of the last month, with every outcome that one can have. */
export async function fillOrders(shop: Tool): Promise<void> {
  const orders = Array.from({ length: 40 }, (_, at) => order(1_000 + at, emailOf(at * 3)));
  const ids = idsOf(await callApi(shop, "POST", "/emails/batch", orders));
  await Promise.all(ids.map((id, at) => deliverEmail(id, clock, serverFor(at))));
  const delivered = await db().email.findMany({
    where: { id: { in: ids }, status: "delivered" },
    select: { id: true },
  });
  for (const { id: emailId } of delivered.filter((_, at) => at % 4 === 2)) {
    const at = later(clock(), MINUTE_MS + randomInt(5 * HOUR_MS));
    await recordReading("opened", { emailId, userAgent: "Thunderbird/140.0" }, at);
  }
  // The latest are a little older than the campaign, so that the dates in the list decrease evenly.
  const ageOf = (at: number) => 4 * DAY_MS + (ids.length - at) * 15 * HOUR_MS;
  await ageEmails(ids.map((id, at) => ({ id, ms: ageOf(at) })));
}

/** Sends the shop's latest emails, from the template, and a few of the staging shop's. */
export async function fillLatestEmails(
  shop: Tool,
  staging: Tool,
  templateId: string,
  now: Date,
): Promise<void> {
  const templated = (number: number, to: string) => {
    const template = { id: templateId, variables: { number } };
    return { from: FROM, to, template, tags: ORDER_TAGS };
  };
  const busy = await callApi(shop, "POST", "/emails", templated(1_040, emailOf(3)));
  await deliverEmail(`${busy.id}`, clock, TOO_BUSY);
  // This email is suppressed: its first delivery bounced.
  await callApi(shop, "POST", "/emails", templated(1_041, emailOf(0)));
  const soon = later(now, 5 * HOUR_MS).toISOString();
  await callApi(shop, "POST", "/emails", { ...templated(1_042, emailOf(5)), scheduled_at: soon });
  const called = { ...templated(1_043, emailOf(5)), scheduled_at: soon };
  const { id } = await callApi(shop, "POST", "/emails", called);
  await callApi(shop, "POST", `/emails/${id}/cancel`);
  const trials = Array.from({ length: 6 }, (_, at) => order(at + 1, `tester${at}@example.com`));
  const tried = idsOf(await callApi(staging, "POST", "/emails/batch", trials));
  for (const trial of tried) await deliverEmail(trial, clock, null);
}

function order(number: number, to: string) {
  return {
    from: FROM,
    to,
    subject: `Your order ${number}`,
    html: `<h1>Thank you</h1><p>Order ${number} is on its way.</p>`,
    text: `Thank you. Order ${number} is on its way.`,
    tags: ORDER_TAGS,
  };
}

/** The mail server for email number `at`: it bounces the first and refuses the fourth as spam. Null: the Outbox. */
function serverFor(at: number): MailServer | null {
  const answer = ANSWERS[at];
  return answer ? serverThat(answer) : null;
}

function serverThat(answer: (to: readonly string[]) => HandOver): MailServer {
  return { handOver: async ({ to }) => answer(to), close: () => undefined };
}

const TOO_BUSY = serverThat(() => ({
  outcome: "unavailable",
  response: "421 4.3.2 Too busy.",
  uncertain: false,
}));

const ANSWERS: Readonly<Record<number, (to: readonly string[]) => HandOver>> = {
  0: (to) => {
    const response = "550 5.1.1 There is no such mailbox.";
    const refused = to.map((email) => ({ email, permanent: true, response }));
    return { outcome: "refused", refused, response };
  },
  3: () => ({ outcome: "rejected", step: "message", response: "554 5.7.1 Refused as spam." }),
};
