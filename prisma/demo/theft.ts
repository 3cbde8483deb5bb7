import { NOBODY } from "@/lib/access/activity/recording/call-counts";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { upsertContact } from "@/lib/mail/contacts/contacts";
import { sendEmail } from "@/lib/mail/emails/send-emails";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, later, SECOND_MS } from "@/lib/platform/clock";
import { newUuid } from "@/lib/platform/ids";
import type { MadeKey } from "./activity";
import { emailOf } from "./contacts";
import { expectOk } from "./expect-ok";

/** The caller that stole a key of the demo. */
export const THIEF = { address: "185.220.101.41", userAgent: "python-requests/2.32" };

const PAGES = 12;
const CHANGED = 18;
const SENT = 12;
const PACE_MS = 20 * SECOND_MS;

type Stolen = {
  key: MadeKey;
  /** The view that the thief gets in a call of this id. */
  reach: (callId: string) => View;
};

/**
 * The thief reads contacts, gives some of them another email, and schedules mail for tomorrow, all before `endedAt`.
 */
export async function misuseKey({ key, reach }: Stolen, endedAt: Date): Promise<void> {
  const calls = PAGES + CHANGED + SENT;
  const records: RequestRecord[] = [];
  for (let n = 0; n < calls; n += 1) {
    const at = later(endedAt, (n - calls - 2) * PACE_MS);
    const id = newUuid(at);
    if (n < PAGES) records.push(record(key, id, "GET", "/contacts", { contactsRead: 50 }));
    else if (n < PAGES + CHANGED) {
      records.push(record(key, id, "PUT", "/contacts/:idOrEmail", { contactsChanged: 1 }));
      const changes = { last_name: "Locked", properties: { city: "unknown" } };
      expectOk(await upsertContact(reach(id), emailOf(n), changes, at));
    } else {
      records.push(record(key, id, "POST", "/emails", { recipients: 1 }));
      const message = {
        from: "security@northwind-tea.example",
        to: [emailOf(n - SENT)],
        subject: "Your account is locked",
        text: "Sign in here to unlock it.",
        scheduled_at: later(endedAt, DAY_MS),
      };
      expectOk(await sendEmail(reach(id), message, at));
    }
  }
  await storeBatch(records, []);
}

function record(
  { workspaceId, keyId, secretId }: MadeKey,
  id: string,
  method: string,
  route: string,
  touched: object,
): RequestRecord {
  return {
    id,
    workspaceId,
    keyId,
    secretId,
    environment: "live",
    method,
    route,
    path: route.replace(":idOrEmail", "{email}"),
    status: 200,
    code: null,
    durationMs: 9,
    ...THIEF,
    bytesIn: method === "GET" ? 0 : 180,
    bytesOut: method === "GET" ? 21_400 : 340,
    scopes: [method === "GET" ? "contacts:read" : "contacts:write"],
    authenticated: true,
    repeats: 0,
    ...NOBODY,
    ...touched,
  };
}
