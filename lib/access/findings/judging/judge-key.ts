import { judgeExcess } from "@/lib/access/findings/judging/judge-excess";
import { judgeNewNetwork } from "@/lib/access/findings/judging/judge-new-network";
import {
  judgeKeyInUrl,
  judgeRetiredSecretCalled,
} from "@/lib/access/findings/judging/judge-secrets";
import { judgeSilent } from "@/lib/access/findings/judging/judge-silent";
import {
  judgeKeyGuessed,
  judgeUnknownSecrets,
} from "@/lib/access/findings/judging/judge-unknown-secrets";
import type { Judge, Judged } from "@/lib/access/findings/judging/judged";
import {
  judgeBudgetExceeded,
  judgeDecoyUsed,
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

/** The judges of what is unusual: they compare what a key does with what it usually does, or need one look. */
const UNUSUAL = {
  bulk_reading: (key, now) => judgeExcess("bulk_reading", key, now),
  scanning: (key, now) => judgeExcess("scanning", key, now),
  walking: (key, now) => judgeExcess("walking", key, now),
  burst: (key, now) => judgeExcess("burst", key, now),
  new_network: judgeNewNetwork,
  silent: judgeSilent,
  key_in_url: judgeKeyInUrl,
  key_guessed: judgeKeyGuessed,
  unknown_secrets: judgeUnknownSecrets,
  retired_secret_called: judgeRetiredSecretCalled,
} satisfies Partial<Record<FindingKind, Judge>>;

/** The judge of each kind, except those that judge decoys and keys that have ended. */
const JUDGES: Record<Exclude<FindingKind, "ended_key_called" | "decoy_used">, Judge> = {
  leaked: judgeLeaked,
  budget_exceeded: judgeBudgetExceeded,
  ...UNUSUAL,
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
 * Everything that deserves attention about a key at `now`. A key that has ended is only named where it leaked or is
 * still called. A decoy is only named where it was used. A paused or frozen key is only named where it leaked, since
 * somebody looks after the rest. Reads no clock and no database.
 */
export function judgeKey(key: KeyFacts, now: Date): Judged[] {
  if (key.decoy) return [judgeDecoyUsed(key)].flatMap((used) => used ?? []);
  if (hasEnded(key, now)) {
    return [judgeLeaked, judgeEndedKeyCalled].flatMap((judge) => judge(key, now) ?? []);
  }
  if (isHeld(key)) return [judgeLeaked(key, now)].flatMap((leaked) => leaked ?? []);
  const found = Object.values(JUDGES).flatMap((judge) => judge(key, now) ?? []);
  // Nobody should be asked to allow a stranger's address because the key "always" calls from it.
  const isStrange = found.some(({ kind }) => kind === "new_network");
  return isStrange ? found.filter(({ kind }) => kind !== "works_from_anywhere") : found;
}

/** The unusual things about a key that works. `judgeKey` names the same ones, and more. */
export function judgeUse(key: KeyFacts, now: Date): Judged[] {
  if (key.decoy || hasEnded(key, now) || isHeld(key)) return [];
  return Object.values(UNUSUAL).flatMap((judge) => judge(key, now) ?? []);
}

/** True while a member keeps the key from working. */
function isHeld({ pausedAt, frozenAt }: KeyFacts): boolean {
  return pausedAt !== null || frozenAt !== null;
}

function hasEnded({ revokedAt, expiresAt }: KeyFacts, now: Date): boolean {
  return revokedAt !== null || (expiresAt !== null && expiresAt <= now);
}
