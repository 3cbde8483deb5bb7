import type { NewEmailEvent } from "@/lib/mail/emails/email-events";
import type { HandOver, Refusal } from "@/lib/mail/emails/mail-server";
import { isAboutMailbox } from "@/lib/mail/emails/refusals";
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
  /** Whether the server took the message for anybody. */
  taken: boolean;
  /** The refusals for good that say nothing against the recipient, one for each recipient. */
  refusals: string[];
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
      const events = [event(email, type, result)];
      const refusals = result.reason ? [] : email.recipients.map(() => result.response);
      return { events, retryAt: null, suppress: [], taken: false, refusals };
    }
    case "unavailable": {
      const { event: next, retryAt } = tryAgain(email, result.response, now, result.uncertain);
      return { events: [next], retryAt, suppress: [], taken: false, refusals: [] };
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
  const events = bounced.map((refusal): NewEmailEvent => {
    return { ...event(email, "bounced", refusal, [refusal.email]), moves: !goesOn };
  });
  if (accepted.length > 0) {
    // The email stays open while recipients are left to try.
    const moves = postponed.length === 0;
    events.push({ ...event(email, "sent", { response }, accepted), moves });
    events.push({ ...event(email, "delivered", { response }, accepted), moves });
  }
  let retryAt: Date | null = null;
  const answer = postponed[0]?.response;
  if (answer !== undefined) {
    const again = tryAgain(email, answer, now, false);
    retryAt = again.retryAt;
    events.push({
      ...again.event,
      detail: { ...again.event.detail, recipients: postponed.map((refusal) => refusal.email) },
    });
  }
  const gone = bounced.filter(({ response: answer }) => isAboutMailbox(answer));
  const others = bounced.filter((refusal) => !gone.includes(refusal) && !refusal.reason);
  return {
    events,
    retryAt,
    suppress: gone.map((refusal) => refusal.email),
    taken: accepted.length > 0,
    refusals: others.map(({ response: answer }) => answer),
  };
}

function tryAgain(
  email: Tried,
  response: string,
  now: Date,
  uncertain: boolean,
): { event: NewEmailEvent; retryAt: Date | null } {
  const retryAt = later(now, RETRY_AFTER_MS[email.attempts - 1] ?? HOUR_MS);
  if (retryAt > later(email.due, GIVE_UP_AFTER_MS)) {
    return { event: event(email, "failed", { response }), retryAt: null };
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
  { response, reason }: { response: string; reason?: string },
  about: readonly string[] = recipients,
): NewEmailEvent {
  const why = reason ? { reason } : { response };
  return { emailId, type, detail: { ...why, recipients: [...about] } };
}
