import { mailboxInWords } from "@/lib/mail/address/words";
import type { EmailEventDetail } from "@/lib/mail/emails/email-events";
import { countOf } from "@/lib/platform/format/number";
import type { ContentGone, EmailStatus } from "@/prisma/generated/enums";

/** The status of an email in a word or two. */
export const STATUS_LABELS: Readonly<Record<EmailStatus, string>> = {
  scheduled: "Scheduled",
  queued: "Queued",
  delayed: "Delayed",
  sent: "Sent",
  suppressed: "Suppressed",
  canceled: "Canceled",
  failed: "Failed",
  bounced: "Bounced",
  delivered: "Delivered",
  opened: "Opened",
  clicked: "Clicked",
  unsubscribed: "Unsubscribed",
  fetched: "Loaded ahead",
  scanned: "Links checked",
};

/** What happened to an email that stayed on this machine, in place of “Delivered”. */
export const KEPT_HERE = "Kept here";

/** The reasons for which an email gets no mail, worded to follow “because”. */
export const SUPPRESSION_WORDS: Readonly<Record<string, string>> = {
  bounced: "mail to this email bounced before",
  unsubscribed: "this person has unsubscribed",
  complained: "this person complained about mail from here",
  manual: "somebody put this email on the suppression list",
  contact_deleted: "this contact was deleted",
};

/** The subject of an email as people read it. It goes with the contact of a recipient. */
export function subjectInWords(subject: string): string {
  return subject === "" ? "Subject deleted with its contact" : subject;
}

/** Why nobody can read what an email said; `isOpen` while it is still to go out. */
export function contentGoneInWords(
  why: ContentGone,
  { isOpen, contentDays }: { isOpen: boolean; contentDays: number },
): string {
  switch (why) {
    case "not_stored":
      return isOpen
        ? "Nobody can read this email: its key or its call asked for that. Its text is deleted once it has gone out."
        : "The text was not kept: the key or the call that sent this email asked for that.";
    case "expired":
      return `The text and attachments were deleted: this workspace keeps them for ${countOf(contentDays, "day")}.`;
    case "contact_deleted":
      return isOpen
        ? "Nobody can read this email: the contact of a recipient was deleted. It still goes to the others, and its text is deleted then."
        : "The text and attachments were deleted with the contact of a recipient.";
  }
}

/** One email event in words, for a time line. */
export type EventWords = {
  title: string;
  /** Its meaning, or its reason. */
  explanation?: string;
  /** The mail server's answer, word for word. */
  response?: string;
  /** The next step and its time, where there is one. */
  next?: { label: string; at: Date };
};

/** An email event in plain words. */
export function eventInWords(type: EmailStatus, detail: EmailEventDetail): EventWords {
  const { response, nextAttemptAt, scheduledFor } = detail;
  return {
    ...titleAndMeaning(type, detail),
    ...(response ? { response } : {}),
    ...(nextAttemptAt ? { next: { label: "Next try", at: new Date(nextAttemptAt) } } : {}),
    ...(scheduledFor ? { next: { label: "To go out", at: new Date(scheduledFor) } } : {}),
  };
}

function titleAndMeaning(
  type: EmailStatus,
  detail: EmailEventDetail,
): Pick<EventWords, "title" | "explanation"> {
  const who = detail.recipients?.map(mailboxInWords).join(", ");
  switch (type) {
    case "scheduled":
      return { title: "Waiting for its time" };
    case "queued":
      return { title: "Accepted" };
    case "sent":
      return { title: "Handed to the mail server" };
    case "delivered":
      return delivered(detail);
    case "delayed":
      return delayed(detail);
    case "bounced":
      return bounced(detail, who);
    case "failed":
      return failed(detail);
    case "suppressed":
      return {
        title: who ? `Not sent to ${who}` : "Not sent",
        explanation: `Because ${SUPPRESSION_WORDS[detail.reason ?? ""] ?? "it is suppressed"}.`,
      };
    case "canceled":
      return {
        title: "Canceled before it went out",
        ...(CANCELED_BECAUSE[detail.reason ?? ""] ?? {}),
      };
    case "opened":
      return { title: "Opened" };
    case "clicked":
      return { title: "Link clicked", ...(detail.url ? { explanation: detail.url } : {}) };
    case "unsubscribed":
      return { title: "Unsubscribed by its link" };
    case "fetched":
      return {
        title: "Pictures loaded by a mail service",
        explanation: "This does not count as opened: it happens without anybody looking.",
      };
    case "scanned":
      return {
        title: "Link checked by a scanner",
        explanation: "This does not count as a click.",
      };
  }
}

const CANCELED_BECAUSE: Partial<Record<string, Pick<EventWords, "explanation">>> = {
  contact_deleted: { explanation: "Because its contact was deleted." },
  taken_back: { explanation: "A member took back what its key had queued." },
};

function bounced(
  { reason }: EmailEventDetail,
  who: string | undefined,
): Pick<EventWords, "title" | "explanation"> {
  if (reason === "needs_smtputf8") {
    return {
      title: who ? `Not sent to ${who}` : "Not sent",
      explanation: `The mail server cannot send to an email with ${UNUSUAL_LETTERS}.`,
    };
  }
  return {
    title: who ? `Refused for ${who}` : "Refused",
    explanation: "It is not tried again.",
  };
}

function failed({ reason }: EmailEventDetail): Pick<EventWords, "title" | "explanation"> {
  if (reason === "needs_smtputf8") {
    return {
      title: "Not sent",
      explanation: `The mail server cannot send from, or have answers go to, an email with ${UNUSUAL_LETTERS}.`,
    };
  }
  if (reason) return { title: "Not sent", explanation: reason };
  return { title: "Given up", explanation: "The mail server did not take it." };
}

const UNUSUAL_LETTERS = "letters such as “ö” before the “@” (it does not offer SMTPUTF8)";

function delivered({ captured }: EmailEventDetail): Pick<EventWords, "title" | "explanation"> {
  if (captured === "test") {
    return {
      title: KEPT_HERE,
      explanation: "Mail of the test environment stays in the Outbox.",
    };
  }
  if (captured) {
    return { title: KEPT_HERE, explanation: "No mail server is set up, so it is in the Outbox." };
  }
  return { title: "Delivered", explanation: "The mail server took it." };
}

function delayed({
  possibleDuplicate,
}: EmailEventDetail): Pick<EventWords, "title" | "explanation"> {
  if (possibleDuplicate) {
    return {
      title: "Interrupted while sending",
      explanation: "It is sent again, so it may arrive twice.",
    };
  }
  return { title: "Not taken yet", explanation: "It is tried again, for up to 24 hours." };
}
