import type { NewEmailEvent } from "@/lib/mail/emails/email-events";
import type { HandOver, Refusal } from "@/lib/mail/emails/mail-server";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";

/** After which time an email that was not taken is tried again, by how often it was tried; then hourly. */
const RETRY_AFTER_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
];
/** So long after it was due an email is given up. */
export const GIVE_UP_AFTER_MS = DAY_MS;

type Tried = { id: string; recipients: readonly string[]; attempts: number; due: Date };

/** What follows from a hand-over. */
export type Consequences = {
  events: NewEmailEvent[];
  /** When to try again for those who are left; null when nobody is. */
  retryAt: Date | null;
  /** The addresses that do not exist, with what the mail server said. */
  suppress: string[];
};

/** What to record of a hand-over of an email, and whether to try again. */
export function eventsAfter(email: Tried, result: HandOver, now: Date): Consequences {
  switch (result.outcome) {
    case "accepted":
      return afterAnswers(email, result.accepted, result.refused, result.response, now);
    case "refused":
      return afterAnswers(email, [], result.refused, result.response, now);
    case "rejected": {
      const type = result.step === "sender" ? "failed" : "bounced";
      return { events: [event(email, type, result.response)], retryAt: null, suppress: [] };
    }
    case "unavailable": {
      const { event: next, retryAt } = tryAgain(email, result.response, now, result.uncertain);
      return { events: [next], retryAt, suppress: [] };
    }
  }
}

function afterAnswers(
  email: Tried,
  accepted: readonly string[],
  refused: readonly Refusal[],
  response: string,
  now: Date,
): Consequences {
  const bounced = refused.filter(({ permanent }) => permanent);
  const postponed = refused.filter(({ permanent }) => !permanent);
  const goesOn = accepted.length > 0 || postponed.length > 0;
  const events = bounced.map(({ address, response: answer }): NewEmailEvent => {
    return { ...event(email, "bounced", answer, [address]), moves: !goesOn };
  });
  if (accepted.length > 0) {
    // With somebody left to try, the email stays open; it has arrived once nobody is.
    const moves = postponed.length === 0;
    events.push({ ...event(email, "sent", response, accepted), moves });
    events.push({ ...event(email, "delivered", response, accepted), moves });
  }
  let retryAt: Date | null = null;
  const answer = postponed[0]?.response;
  if (answer !== undefined) {
    const again = tryAgain(email, answer, now, false);
    retryAt = again.retryAt;
    events.push({
      ...again.event,
      detail: { ...again.event.detail, recipients: postponed.map(({ address }) => address) },
    });
  }
  const suppress = bounced.filter(isNoSuchAddress).map(({ address }) => address);
  return { events, retryAt, suppress };
}

function tryAgain(
  email: Tried,
  response: string,
  now: Date,
  uncertain: boolean,
): { event: NewEmailEvent; retryAt: Date | null } {
  const retryAt = later(now, RETRY_AFTER_MS[email.attempts - 1] ?? HOUR_MS);
  if (retryAt > later(email.due, GIVE_UP_AFTER_MS)) {
    return { event: event(email, "failed", response), retryAt: null };
  }
  const detail = {
    response,
    nextAttemptAt: retryAt.toISOString(),
    ...(uncertain ? { possibleDuplicate: true as const } : {}),
  };
  return { event: { emailId: email.id, type: "delayed", detail }, retryAt };
}

function event(
  { id: emailId, recipients }: Tried,
  type: NewEmailEvent["type"],
  response: string,
  about: readonly string[] = recipients,
): NewEmailEvent {
  return { emailId, type, detail: { response, recipients: [...about] } };
}

/**
 * Whether a refusal says that there is no such mailbox, so that writing to it again is of no use. A full
 * mailbox, a policy or a relay that is not allowed (5.2.2, 5.7.…) says nothing against the address.
 */
function isNoSuchAddress({ response }: Refusal): boolean {
  const [, code, enhanced] = /^(\d{3})[ -](?:(5\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? [];
  if (enhanced) return enhanced.startsWith("5.1.") || enhanced === "5.2.1";
  return code === "550" || code === "551" || code === "553";
}
