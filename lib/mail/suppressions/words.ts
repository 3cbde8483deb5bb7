import type { SuppressionReason } from "@/prisma/generated/enums";

/** The reasons for which an email gets no mail, in words. Safe in a browser. */
export const SUPPRESSION_REASONS = {
  bounced: "Bounced",
  unsubscribed: "Unsubscribed",
  manual: "By hand",
  complained: "Complained",
} satisfies Record<SuppressionReason, string>;
