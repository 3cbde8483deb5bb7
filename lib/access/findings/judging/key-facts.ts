import type { AddressUse, RouteUse } from "@/lib/access/findings/kind/facts";
import type { LeakSource, Role } from "@/prisma/generated/enums";

/** The calls with a key after it was revoked or had expired. */
export type CallsAfterEnd = { calls: number; lastAt: Date; callers: AddressUse[] };

/** The old secret of a rotation under way. */
export type RetiringSecret = {
  retiresAt: Date;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
  /** Its calls since the hour of the rotation. */
  calls: number;
};

/** The IP addresses that a key called from in the last 30 days, the busiest first, and on how many days it did. */
export type CallingFrom = { addresses: AddressUse[]; days: number };

/** The latest report that a secret of the key leaked which is not replaced yet, and how many there are. */
export type LeakFacts = { reportedAt: Date; source: LeakSource; url: string; reports: number };

/** Everything that is judged about a key. */
export type KeyFacts = {
  keyId: string;
  /** The key's revision when this was read: a judgement of an outdated one is not stored. */
  revision: number;
  scopes: readonly string[];
  /** Since when it has exactly these scopes. */
  scopesSince: Date;
  allowedAddresses: readonly string[];
  expiresAt: Date | null;
  expiryDays: number | null;
  pausedAt: Date | null;
  frozenAt: Date | null;
  revokedAt: Date | null;
  isCompromised: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
  ownerRole: Role;
  /** The days after which its workspace wants a secret rotated. */
  rotationDays: number;
  /** When its current secret was made. */
  secretSince: Date;
  retiring: RetiringSecret | null;
  routes: readonly RouteUse[];
  /** Null where it made no call in the last 30 days, or called from more IP addresses than are few. */
  from: CallingFrom | null;
  afterEnd: CallsAfterEnd | null;
  leak: LeakFacts | null;
  /** An older key in use that has the same name and environment. */
  elder: { id: string; createdAt: Date } | null;
};
