import type { RevokeReason } from "@/prisma/generated/enums";

/** Why keys are revoked, in words. */
export const REVOKE_REASONS = {
  no_longer_needed: "No longer needed",
  compromised: "Compromised: somebody else may have it",
  other: "Other",
} satisfies Record<RevokeReason, string>;
