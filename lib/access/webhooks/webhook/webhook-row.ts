import type { Prisma } from "@/prisma/generated/client";

/** The columns a webhook is shown with: never its secrets. */
export const webhookSelect = {
  id: true,
  environment: true,
  name: true,
  url: true,
  events: true,
  createdAt: true,
  updatedAt: true,
  offSince: true,
  offFor: true,
  failures: true,
  failingSince: true,
  restsUntil: true,
  oldSecretEndsAt: true,
} as const;

/** A webhook as it is stored, without its secrets. */
export type WebhookRow = Prisma.WebhookGetPayload<{ select: typeof webhookSelect }>;
