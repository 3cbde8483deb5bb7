import {
  type Judge,
  type Judged,
  judgeEndedKeyCalled,
  judgeExpiring,
  judgeLeaked,
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
  leaked: judgeLeaked,
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
 * Everything that deserves attention about a key at `now`. Of a key that has ended only that it leaked or is still
 * called; of one that is paused or frozen only that it leaked, since somebody looks after the rest. Reads no clock and no database.
 */
export function judgeKey(key: KeyFacts, now: Date): Judged[] {
  if (key.revokedAt || (key.expiresAt && key.expiresAt <= now)) {
    return [judgeLeaked, judgeEndedKeyCalled].flatMap((judge) => judge(key, now) ?? []);
  }
  if (key.pausedAt || key.frozenAt)
    return [judgeLeaked(key, now)].flatMap((leaked) => leaked ?? []);
  return Object.values(JUDGES).flatMap((judge) => judge(key, now) ?? []);
}
