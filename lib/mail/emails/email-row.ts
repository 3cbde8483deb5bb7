import { MINUTE_MS } from "@/lib/platform/clock";
import type { Prisma } from "@/prisma/generated/client";
import type { EmailStatus } from "@/prisma/generated/enums";

/** The columns an email is listed with. */
export const emailSelect = {
  id: true,
  from: true,
  to: true,
  cc: true,
  bcc: true,
  replyTo: true,
  subject: true,
  status: true,
  captured: true,
  keyId: true,
  campaignId: true,
  testedBy: true,
  templateId: true,
  createdAt: true,
  scheduledAt: true,
  contentGone: true,
} satisfies Prisma.EmailSelect;

/** An email without its texts. */
export type EmailRow = Prisma.EmailGetPayload<{ select: typeof emailSelect }>;

/** What an email can stand at: every event but those of machines. */
export type StandingStatus = Exclude<EmailStatus, "fetched" | "scanned">;

/** The status of a stored email, of which the type knows that no machine's event is one. */
export function standingOf(status: EmailStatus): StandingStatus {
  if (status === "fetched" || status === "scanned") throw new Error("No email stands there.");
  return status;
}

/**
 * The time for which a claim holds: no other process touches the email. A hand-over that began longer ago has
 * ended, since it was cut off or its process is gone.
 */
export const CLAIM_MS = 2 * MINUTE_MS;

/** What programs are told of an email that was delivered: “kept” where it stayed on this machine. */
export function keptOr<Status extends EmailStatus>(
  status: Status,
  captured: boolean,
): Status | "kept" {
  return status === "delivered" && captured ? "kept" : status;
}

/** Statuses of an email that at least one recipient is still to get. */
export const OPEN_STATUSES = ["scheduled", "queued", "delayed"] as const;
