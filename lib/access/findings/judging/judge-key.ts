import {
  type Judge,
  type Judged,
  judgeEndedKeyCalled,
  judgeExpiring,
  judgeNeverUsed,
  judgeNoExpiry,
  judgeOldSecret,
  judgeOldSecretInUse,
  judgeOwnerCannotManage,
  judgeSameName,
  judgeUnused,
  judgeUnusedScopes,
  judgeWorksFromAnywhere,
} from "@/lib/access/findings/judging/judges";
import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";

/** The judge of each kind, but for the one that judges keys that have ended. */
const JUDGES: Record<Exclude<FindingKind, "ended_key_called">, Judge> = {
  old_secret_in_use: judgeOldSecretInUse,
  expiring: judgeExpiring,
  owner_cannot_manage: judgeOwnerCannotManage,
  unused_scopes: judgeUnusedScopes,
  old_secret: judgeOldSecret,
  unused: judgeUnused,
  never_used: judgeNeverUsed,
  works_from_anywhere: judgeWorksFromAnywhere,
  no_expiry: judgeNoExpiry,
  same_name: judgeSameName,
};

/**
 * Everything that deserves attention about a key at `now`. Of a key that has ended only that it is still called; of
 * a paused one nothing, since somebody looks after it. Reads no clock and no database.
 */
export function judgeKey(key: KeyFacts, now: Date): Judged[] {
  if (key.revokedAt || (key.expiresAt && key.expiresAt <= now)) {
    const called = judgeEndedKeyCalled(key, now);
    return called ? [called] : [];
  }
  if (key.pausedAt) return [];
  return Object.values(JUDGES).flatMap((judge) => judge(key, now) ?? []);
}
