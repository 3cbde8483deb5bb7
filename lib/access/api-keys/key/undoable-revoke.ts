import { UNDO_REVOKE_DAYS } from "@/lib/access/api-keys/key/limits";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { RevokeReason } from "@/prisma/generated/enums";

/** The end of a key: when, and the reason that was given. */
export type Revocation = { revokedAt: Date | null; revokeReason: RevokeReason | null };

/**
 * The instant until which the revoke of a key can be undone; null where it can't be, or not any more at `now`. A
 * secret that somebody else may have never works again.
 */
export function revokeUndoableUntil(
  { revokedAt, revokeReason }: Revocation,
  now: Date,
): Date | null {
  if (!revokedAt || revokeReason === "compromised") return null;
  const until = later(revokedAt, UNDO_REVOKE_DAYS * DAY_MS);
  return until > now ? until : null;
}
