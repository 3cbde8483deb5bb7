import { OUTCOMES } from "@/lib/mail/emails/limits";

export const CAMPAIGN_NAME_MAX = 100;
export const SENDER_MAX = 320;

export const CAMPAIGN_STATUSES = ["draft", "scheduled", "sending", "sent", "canceled"] as const;

/** The events that recipients are listed by; each lists a recipient whose email had it at least once. */
export const RECIPIENT_STATUSES = OUTCOMES;
