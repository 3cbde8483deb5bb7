import { BROWSER_LIFE_MS } from "@/lib/people/auth/known-browsers";
import { endOldSessions } from "@/lib/people/auth/session-end";
import { DAY_MS, later } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";

/** A link that no longer works can still say why for this long. */
export const INVITATION_KEPT_MS = 30 * DAY_MS;

/**
 * Deletes what nobody can use any more: sessions that ended, sign-ins that nobody finished, browsers that nobody
 * came back with, links to a new password or email that expired, and invitations that were used, revoked or expired
 * 30 days ago.
 */
export async function forgetWhatEnded(now: Date): Promise<void> {
  const before = later(now, -INVITATION_KEPT_MS);
  await transact(async (tx) => {
    await endOldSessions(tx, now);
    await tx.knownBrowser.deleteMany({
      where: { lastSeenAt: { lte: later(now, -BROWSER_LIFE_MS) } },
    });
    await tx.passkeyChallenge.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.halfSignIn.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.emailChange.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.passwordReset.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.invitation.deleteMany({
      where: {
        OR: [
          { acceptedAt: { lte: before } },
          { revokedAt: { lte: before } },
          { expiresAt: { lte: before } },
        ],
      },
    });
  });
}
