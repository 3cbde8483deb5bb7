import { expiringSoonBy } from "@/lib/access/api-keys/key/status";
import { type Judge, type Judged, judged } from "@/lib/access/findings/judging/judged";
import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import type { RouteUse } from "@/lib/access/findings/kind/facts";
import {
  EXPIRING_AGAIN_DAYS,
  FEW_ADDRESSES,
  HABIT_DAYS,
  LEAK_NAMED_DAYS,
  MOVING_MS,
  NEVER_USED_DAYS,
  STILL_IN_USE_MS,
  UNUSED_DAYS,
  USE_DAYS,
} from "@/lib/access/findings/kind/limits";
import { can } from "@/lib/people/auth/permissions";
import { isScope, type Scope } from "@/lib/people/auth/scopes";
import { DAY_MS, later } from "@/lib/platform/clock";

/** Routes that a finding names. The API has fewer. */
const ROUTES_MAX = 50;
/** Excesses that a finding names. */
const EXCESSES_MAX = 20;

/**
 * A decoy that somebody called with, or whose secret somebody reported. It gets worse with each hour in which it is
 * used, and with each report, so that it is named again while somebody goes on.
 */
export function judgeDecoyUsed({
  decoy,
  leak,
  revokedAt,
}: Pick<KeyFacts, "decoy" | "leak" | "revokedAt">): Judged | null {
  if (!decoy || revokedAt) return null;
  const reports = leak?.reports ?? 0;
  const degree = (decoy.use?.hours ?? 0) + reports;
  return degree === 0 ? null : judged("decoy_used", "urgent", degree, { ...decoy, reports });
}

/**
 * A key whose secret somebody reported. It is worse with each report. A revoked key is named for 30 days, in which
 * somebody sees to what it did; a key that works is named until the secret is replaced.
 */
export function judgeLeaked(
  { leak, revokedAt }: Pick<KeyFacts, "leak" | "revokedAt">,
  now: Date,
): Judged | null {
  if (!leak) return null;
  if (revokedAt && leak.reportedAt <= later(now, -LEAK_NAMED_DAYS * DAY_MS)) return null;
  return judged("leaked", "urgent", leak.reports, { ...leak, revokedAt });
}

/** A key that went over a budget that nobody lifted. The degree is the number of hours and days in which it did. */
export function judgeBudgetExceeded(
  { excesses }: Pick<KeyFacts, "excesses">,
  now: Date,
): Judged | null {
  if (excesses.length === 0) return null;
  const isPaused = excesses.some(({ until }) => until > now);
  const facts = { excesses: excesses.slice(0, EXCESSES_MAX) };
  return judged("budget_exceeded", isPaused ? "urgent" : "soon", excesses.length, facts);
}

/** A key that was revoked or has expired, and is still called. The degree rises with each tenfold of the calls. */
export const judgeEndedKeyCalled: Judge = (key, now) => {
  const end = endOf(key, now);
  if (!end || !key.afterEnd || key.afterEnd.calls === 0) return null;
  const severity = key.isCompromised ? "urgent" : "soon";
  const degree = 1 + Math.floor(Math.log10(key.afterEnd.calls));
  return judged("ended_key_called", severity, degree, { ...end, ...key.afterEnd });
};

/** An old secret that was used after the new one was made, and within the last day. */
export function judgeOldSecretInUse(
  { retiring, secretSince }: Pick<KeyFacts, "retiring" | "secretSince">,
  now: Date,
): Judged | null {
  if (!retiring?.lastUsedAt || retiring.retiresAt <= now) return null;
  const { retiresAt, lastUsedAt, calls, lastUsedAddress: address, lastUsedAgent } = retiring;
  const isUsed = lastUsedAt > secretSince && lastUsedAt > later(now, -STILL_IN_USE_MS);
  const endsSoon = retiresAt <= later(now, DAY_MS);
  if (!isUsed || !(endsSoon || secretSince <= later(now, -MOVING_MS))) return null;
  const facts = { retiresAt, calls, lastUsedAt, address, userAgent: lastUsedAgent };
  return judged("old_secret_in_use", endsSoon ? "urgent" : "soon", endsSoon ? 2 : 1, facts);
}

/** A key that expires within two weeks; worse within three days, and within one. */
export function judgeExpiring(
  key: Pick<KeyFacts, "expiresAt" | "expiryDays" | "lastUsedAt">,
  now: Date,
): Judged | null {
  const { expiresAt, expiryDays: renewsFor, lastUsedAt } = key;
  if (!expiresAt || expiresAt > expiringSoonBy(now)) return null;
  const passed = EXPIRING_AGAIN_DAYS.filter((days) => expiresAt <= later(now, days * DAY_MS));
  const isMissed = lastUsedAt !== null && passed.length === EXPIRING_AGAIN_DAYS.length;
  const facts = { expiresAt, renewsFor, lastUsedAt };
  return judged("expiring", isMissed ? "urgent" : "soon", 1 + passed.length, facts);
}

/** A key whose owner may no longer manage keys. */
export function judgeOwnerCannotManage({ ownerRole }: Pick<KeyFacts, "ownerRole">): Judged | null {
  if (can({ role: ownerRole }, "keys.manage_own")) return null;
  return judged("owner_cannot_manage", "soon", 1, {});
}

/**
 * A key that has had its scopes for 30 days, was used within them, and did not need them all. The degree is the
 * number of scopes that it did not use.
 */
export const judgeUnusedScopes: Judge = (key, now) => {
  if (key.scopesSince > later(now, -USE_DAYS * DAY_MS) || key.routes.length === 0) return null;
  const { used, unused } = scopesByUse(key.scopes, key.routes);
  if (unused.length === 0 || used.length === 0) return null;
  const calls = key.routes.reduce((sum, route) => sum + route.calls, 0);
  const routes = key.routes.toSorted((one, other) => other.calls - one.calls).slice(0, ROUTES_MAX);
  const severity = unused.every((scope) => scope.endsWith(":read")) ? "tidy" : "soon";
  return judged("unused_scopes", severity, unused.length, { used, unused, calls, routes });
};

/** A current secret that is due to be rotated by the rule of the workspace; worse at twice that age. */
export const judgeOldSecret: Judge = ({ secretSince, rotationDays: dueAfterDays }, now) => {
  const degree = daysPassed([dueAfterDays, 2 * dueAfterDays], secretSince, now);
  if (degree === 0) return null;
  return judged("old_secret", "soon", degree, { secretSince, dueAfterDays });
};

/** A key that was used once, and not for 30 or 90 days. */
export const judgeUnused: Judge = ({ lastUsedAt }, now) => {
  if (!lastUsedAt) return null;
  const degree = daysPassed(UNUSED_DAYS, lastUsedAt, now);
  return degree === 0
    ? null
    : judged("unused", degree > 1 ? "soon" : "tidy", degree, { lastUsedAt });
};

/** A key that was made a week ago or earlier, and never used. */
export const judgeNeverUsed: Judge = (key, now) => {
  const { createdAt } = key;
  const degree = key.lastUsedAt ? 0 : daysPassed(NEVER_USED_DAYS, createdAt, now);
  if (degree === 0) return null;
  const isLimited = key.allowedAddresses.length > 0;
  const facts = { createdAt, expires: key.expiresAt !== null, isLimited };
  return judged("never_used", degree > 2 ? "soon" : "tidy", degree, facts);
};

/** A key that works from anywhere, though for 30 days it called from few IP addresses, on ten days or more. */
export const judgeWorksFromAnywhere: Judge = (key, now) => {
  const { from } = key;
  if (key.allowedAddresses.length > 0 || !from || from.addresses.length === 0) return null;
  if (from.addresses.length > FEW_ADDRESSES || from.days < HABIT_DAYS) return null;
  if (key.createdAt > later(now, -USE_DAYS * DAY_MS)) return null;
  return judged("works_from_anywhere", "tidy", 1, from);
};

/** A key that works until somebody ends it. */
export const judgeNoExpiry: Judge = ({ expiresAt, createdAt }) =>
  expiresAt ? null : judged("no_expiry", "tidy", 1, { createdAt });

/** A key with the name of an older one. */
export const judgeSameName: Judge = ({ elder }) =>
  elder && judged("same_name", "tidy", 1, { elderId: elder.id, elderSince: elder.createdAt });

/** The scopes of a key that these routes asked for, and those that none of them did. */
export function scopesByUse(
  scopes: readonly string[],
  routes: readonly RouteUse[],
): { used: Scope[]; unused: Scope[] } {
  const asked = new Set<string>(routes.flatMap((route) => route.scopes));
  const held = scopes.filter((scope) => isScope(scope));
  return {
    used: held.filter((scope) => asked.has(scope)),
    unused: held.filter((scope) => !asked.has(scope)),
  };
}

/** The end of a key, or null while it has none. */
function endOf({ revokedAt, expiresAt }: KeyFacts, now: Date) {
  if (revokedAt) return { ended: "revoked" as const, endedAt: revokedAt };
  if (expiresAt && expiresAt <= now) return { ended: "expired" as const, endedAt: expiresAt };
  return null;
}

/** The number of these thresholds, in days, that have passed since `since`. */
function daysPassed(steps: readonly number[], since: Date, now: Date): number {
  return steps.filter((days) => since <= later(now, -days * DAY_MS)).length;
}
