import { createHmac } from "node:crypto";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { takeBackReadings } from "@/lib/mail/emails/take-back-readings";
import { signingKey } from "@/lib/mail/tracking/link-keys";
import { countedLinks, isMachineAgent } from "@/lib/mail/tracking/machines";
import { later, SECOND_MS } from "@/lib/platform/clock";
import { type Reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { addressOfRequest, UNKNOWN_ADDRESS } from "@/lib/platform/edge/client-address";
import { log } from "@/lib/platform/log";

const USER_AGENT_MAX = 256;
const SOURCE_CHARS = 16;
/** The time for which whoever acted as a machine counts as one, from the same address in the same email. */
const MACHINE_STAYS_MS = 30 * SECOND_MS;
/** The time a person needs for a link. Who follows all links of an email in less reads none of them. */
const PER_LINK_MS = 2 * SECOND_MS;
/** A scanner reads all links of an email within this time. A reader who takes longer is a person. */
const SCAN_MS = 30 * SECOND_MS;

/** One opening or click: the email, the reader's program and address, and for a click the URL it led to. */
export type Reading = {
  emailId: string;
  url?: string;
  userAgent: string | null;
  address?: string;
  /** It only asked (`HEAD`), which no person's program does. */
  onlyAsked?: boolean;
};

/** The events of readings by people, and those of the same readings by machines. */
const BY_MACHINE = { opened: "fetched", clicked: "scanned" } as const;

/**
 * Records that an email was opened, or a link in it clicked. What a machine does stands apart and counts as
 * nobody's. A failure is logged and not thrown: the reader gets the picture or page all the same.
 */
export async function recordReading(
  type: "opened" | "clicked",
  reading: Reading,
  now: Date,
): Promise<void> {
  try {
    await transact((tx) => record(tx, type, reading, now));
  } catch (error) {
    log.error(
      { err: error, emailId: reading.emailId },
      `that an email was ${type} could not be recorded`,
    );
  }
}

async function record(
  tx: Transaction,
  type: "opened" | "clicked",
  { emailId, url, userAgent, address, onlyAsked }: Reading,
  now: Date,
): Promise<void> {
  await tx.$queryRaw`SELECT id FROM email WHERE id = ${emailId} FOR UPDATE`;
  const source = sourceOf(emailId, address);
  const machine =
    onlyAsked || isMachineAgent(userAgent) || (await wasMachine(tx, { emailId, source }, now));
  const detail = {
    ...(url ? { url } : {}),
    ...(userAgent ? { userAgent: userAgent.slice(0, USER_AGENT_MAX) } : {}),
    ...(source ? { source } : {}),
  };
  const event = { emailId, type: machine ? BY_MACHINE[type] : type, detail };
  await recordEmailEvents(tx, [event], now);
  if (machine || type === "opened" || !source) return;
  if (await followedAll(tx, { emailId, source }, now)) {
    await takeBackReadings(tx, { emailId, source, since: later(now, -SCAN_MS) }, now);
  }
}

type Source = { emailId: string; source: string | null };

/** Who reads, as a mark that is the same only within one email and says nothing of the address. */
function sourceOf(emailId: string, address: string | undefined): string | null {
  if (!address || address === UNKNOWN_ADDRESS) return null;
  const mark = createHmac("sha256", signingKey()).update(`reader\n${emailId}\n${address}`);
  return mark.digest("base64url").slice(0, SOURCE_CHARS);
}

async function wasMachine(tx: Reader, { emailId, source }: Source, now: Date): Promise<boolean> {
  if (!source) return false;
  const rows = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM email_event
      WHERE email_id = ${emailId} AND type IN ('fetched', 'scanned')
        AND at >= ${later(now, -MACHINE_STAYS_MS)} AND detail ->> 'source' = ${source}) AS found`;
  return rows[0]?.found ?? false;
}

/** Whether this source just followed all links of the email, faster than anybody reads. One link says nothing. */
async function followedAll(tx: Reader, { emailId, source }: Source, now: Date): Promise<boolean> {
  const content = await tx.emailContent.findUnique({ where: { emailId }, select: { html: true } });
  const links = countedLinks(content?.html ?? "");
  if (links.size < 2) return false;
  const since = later(now, -Math.min(SCAN_MS, links.size * PER_LINK_MS));
  const rows = await tx.$queryRaw<{ url: string }[]>`
    SELECT DISTINCT detail ->> 'url' AS url FROM email_event
    WHERE email_id = ${emailId} AND type = 'clicked' AND at >= ${since}
      AND detail ->> 'source' = ${source}`;
  const followed = new Set(rows.map(({ url }) => url));
  return [...links].every((url) => followed.has(url));
}

/** The reader's program and address, as a request tells them. */
export function readerOf(request: Pick<Request, "headers">) {
  return { userAgent: request.headers.get("user-agent"), address: addressOfRequest(request) };
}

/** Whether a program loads the link ahead of its reader; that is not counted. */
export function isLookingAhead(headers: Pick<Headers, "get">): boolean {
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-moz");
  return purpose !== null && /prefetch|preview|prerender/i.test(purpose);
}
