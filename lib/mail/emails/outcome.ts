import type { NewEmailEvent } from "@/lib/mail/emails/email-events";
import type { HandOver, Refusal } from "@/lib/mail/emails/mail-server";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";

/** The waits before the tries of an email that was not taken, one for each try; after these it is tried hourly. */
const RETRY_AFTER_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
];
/** The time after which an email that was due is given up. */
export const GIVE_UP_AFTER_MS = DAY_MS;

type Tried = { id: string; recipients: readonly string[]; attempts: number; due: Date };

/** Everything that follows from a hand-over. */
export type Consequences = {
  events: NewEmailEvent[];
  /** The time of the next try for the recipients that are left; null when none are. */
  retryAt: Date | null;
  /** The emails that do not exist, as the mail server said. */
  suppress: string[];
};

/** The email events to record after a hand-over, the time of the next try, and the emails to suppress. */
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
  const events = bounced.map(({ address: recipient, response: answer }): NewEmailEvent => {
    return { ...event(email, "bounced", answer, [recipient]), moves: !goesOn };
  });
  if (accepted.length > 0) {
    // The email stays open while recipients are left to try.
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
 * Whether a refusal says that there is no such email, so that a second try is of no use. A full inbox, a policy
 * or a relay that is not allowed (5.2.2, 5.7.…) says nothing against the email.
 */
function isNoSuchAddress({ response }: Refusal): boolean {
  const [, code, enhanced] = /^(\d{3})[ -](?:(5\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? [];
  if (enhanced) return enhanced.startsWith("5.1.") || enhanced === "5.2.1";
  return code === "550" || code === "551" || code === "553";
}
