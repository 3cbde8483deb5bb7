import { randomInt } from "node:crypto";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { callApi, type Tool } from "./call-api";

const FIRST_NAMES = ["Anna", "Li", "Tom", "Noor", "Jørgen", "Sade", "Marie", "Iker", "Zoë", "Omar"];
const LAST_NAMES = ["Okafor", "Wei", "Lindqvist", "Haddad", "Moreau", "Ito", "Novák", "Silva"];
const CITIES = ["Hamburg", "Porto", "Malmö", "Lyon", "Brno"];
const TEAS = ["Earl Grey", "Assam", "Sencha", "Rooibos", "Chai"];
const COUNT = 240;

/** The e-mail of the demo's contact number `at`. */
export function emailOf(at: number): string {
  const first = FIRST_NAMES[at % FIRST_NAMES.length];
  const last = LAST_NAMES[(at * 7) % LAST_NAMES.length];
  return `${first}.${last}.${at}@example.com`.toLowerCase();
}

/** The CRM sends its people over, as it has done for most of a year. */
export async function fillContacts(crm: Tool, workspaceId: string, now: Date): Promise<void> {
  const people = Array.from({ length: COUNT }, (_, at) => ({
    email: emailOf(at),
    first_name: FIRST_NAMES[at % FIRST_NAMES.length],
    last_name: LAST_NAMES[(at * 7) % LAST_NAMES.length],
    unsubscribed: at % 19 === 7,
    properties: { city: CITIES[at % CITIES.length], orders: randomInt(30) },
  }));
  await callApi(crm, "POST", "/contacts/batch", people);
  const seconds = (270 * DAY_MS) / 1_000;
  // Before anything that the demo tells of them.
  await db().$executeRaw`
    UPDATE contact SET created_at = ${later(now, -30 * DAY_MS)}::timestamptz - random() * ${seconds} * interval '1 second'
    WHERE workspace_id = ${workspaceId}`;
  await db().$executeRaw`
    UPDATE suppression SET created_at = ${later(now, -30 * DAY_MS)} WHERE workspace_id = ${workspaceId}`;
}

/** Changed over the last month, whoever unsubscribed when they did so: not all in the minute of the demo. */
export async function ageContacts(workspaceId: string, now: Date): Promise<void> {
  const seconds = (30 * DAY_MS) / 1_000;
  await db().$executeRaw`
    UPDATE contact SET updated_at = COALESCE(
      (SELECT max(at) FROM email_event WHERE contact_id = contact.id AND type = 'unsubscribed'),
      GREATEST(created_at, ${now}::timestamptz - random() * ${seconds} * interval '1 second'))
    WHERE workspace_id = ${workspaceId}`;
}

/** The shop tells what people looked at, bought and left, over the last three weeks. */
export async function fillEvents(shop: Tool, now: Date): Promise<void> {
  const events = Array.from({ length: 900 }, () => {
    const at = randomInt(COUNT);
    const occurred_at = later(now, -randomInt(21 * DAY_MS)).toISOString();
    const name = TEAS[randomInt(TEAS.length)];
    const roll = randomInt(10);
    const event = roll < 6 ? "viewed_product" : roll < 8 ? "left_cart" : "placed_order";
    const payload = event === "placed_order" ? { name, total: 9 + randomInt(60) } : { name };
    return { event, email: emailOf(at), payload, occurred_at };
  });
  await callApi(shop, "POST", "/events/batch", events);
}
