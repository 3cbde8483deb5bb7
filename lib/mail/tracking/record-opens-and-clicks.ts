import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";

const USER_AGENT_MAX = 256;

/** One opening or click: the email, the reader's program, and for a click the URL it led to. */
export type Reading = { emailId: string; url?: string; userAgent: string | null };

/**
 * Records that an email was opened, or a link in it clicked. A failure is logged and not thrown: the reader gets
 * the picture or page all the same.
 */
export async function recordReading(
  type: "opened" | "clicked",
  { emailId, url, userAgent }: Reading,
  now: Date,
): Promise<void> {
  const detail = {
    ...(url ? { url } : {}),
    ...(userAgent ? { userAgent: userAgent.slice(0, USER_AGENT_MAX) } : {}),
  };
  try {
    await transact((tx) => recordEmailEvents(tx, [{ emailId, type, detail }], now));
  } catch (error) {
    log.error({ err: error, emailId }, `that an email was ${type} could not be recorded`);
  }
}

/** Whether a program loads the link ahead of its reader; that is not counted. */
export function isLookingAhead(headers: Pick<Headers, "get">): boolean {
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-moz");
  return purpose !== null && /prefetch|preview|prerender/i.test(purpose);
}
