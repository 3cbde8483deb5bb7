import { now as clock, HOUR_MS, later } from "@/lib/clock";
import { deliverEmail } from "@/lib/emails/deliver-email";
import type { HandOver, MailServer } from "@/lib/emails/mail-server";
import { recordReading } from "@/lib/tracking/record-opens-and-clicks";
import { callApi, idsOf, type Tool } from "./call-api";
import { emailOf } from "./contacts";

const FROM = "Northwind Tea <orders@northwind-tea.example>";

/** Order mails with everything that can become of one, and a few of the staging shop's. */
export async function fillEmails(shop: Tool, staging: Tool, now: Date): Promise<void> {
  const orders = Array.from({ length: 40 }, (_, at) => order(1_000 + at, emailOf(at * 3)));
  const ids = idsOf(await callApi(shop, "POST", "/emails/batch", orders));
  for (const [at, id] of ids.entries()) await deliverEmail(id, clock, serverFor(at));
  for (const emailId of ids.filter((_, at) => at % 4 === 2)) {
    await recordReading("opened", { emailId, userAgent: "Thunderbird/140.0" }, clock());
  }
  // To an address that was found not to exist.
  await callApi(shop, "POST", "/emails", order(1_041, emailOf(0)));
  const soon = { ...order(1_042, emailOf(5)), scheduled_at: later(now, 5 * HOUR_MS).toISOString() };
  await callApi(shop, "POST", "/emails", soon);
  const { id } = await callApi(shop, "POST", "/emails", { ...soon, subject: "Your order 1043" });
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
    tags: [{ name: "kind", value: "order" }],
  };
}

/** A mail server that bounces the first, is busy for the second and takes the rest into the Outbox. */
function serverFor(at: number): MailServer | null {
  const answer = ANSWERS[at];
  return answer ? { handOver: async ({ to }) => answer(to), close: () => undefined } : null;
}

const ANSWERS: Readonly<Record<number, (to: readonly string[]) => HandOver>> = {
  0: (to) => {
    const response = "550 5.1.1 There is no such mailbox.";
    const refused = to.map((address) => ({ address, permanent: true, response }));
    return { outcome: "refused", refused, response };
  },
  1: () => ({ outcome: "unavailable", response: "421 4.3.2 Too busy.", uncertain: false }),
  3: () => ({ outcome: "rejected", step: "message", response: "554 5.7.1 Refused as spam." }),
};
