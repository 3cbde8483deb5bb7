import type { Prisma } from "@/prisma/generated/client";

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
} satisfies Prisma.EmailSelect;

/** An email without its texts. */
export type EmailRow = Prisma.EmailGetPayload<{ select: typeof emailSelect }>;

/** Statuses of an email that at least one recipient is still to get. */
export const OPEN_STATUSES = ["scheduled", "queued", "delayed"] as const;
