import type { Habit, HourTotals } from "@/lib/access/findings/habits/habit";
import type {
  AddressUse,
  DecoyUse,
  Excess,
  KindWithFacts,
  RouteUse,
} from "@/lib/access/findings/kind/facts";
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

/**
 * The calls of a key to one route in one hour. `inUrl` of them had a key in the URL. A route without a pattern is "".
 */
export type RouteHour = Omit<HourTotals, "hour" | "refusedRoutes"> & {
  method: string;
  route: string;
  /** Calls that were refused with 401 or 403. */
  refused: number;
  inUrl: number;
};

/** The calls of a key in one hour, which may still go on. */
export type HourUse = { hour: Date; routes: readonly RouteHour[] };

/**
 * A network from which a program called with a key: the IP address in it that called first, and the time of that call.
 */
export type Caller = { network: string; address: string; program: string; firstAt: Date };

/**
 * Calls of an hour with secrets that no key has. They came from `caller`, a known caller of the key; where that is "",
 * they begin like the key's secret. `secrets` is the number of different ones that are known of.
 */
export type UnknownSecrets = {
  hour: Date;
  caller: string;
  calls: number;
  secrets: number;
  lastAt: Date;
};

/** A finding that is open, or was closed an hour or two ago, and how bad it was. */
export type Standing = KindWithFacts & { degree: number };

/** The facts about a key's use that are compared with its habit. */
export type UseFacts = {
  /** Null while no habit is learned. */
  habit: Habit | null;
  /** The recent hours in which it called. */
  hours: readonly HourUse[];
  /** The newest callers, the earliest of them first. */
  callers: readonly Caller[];
  /** The findings about unusual hours. */
  standing: readonly Standing[];
  /** The recent findings that somebody said are meant to be so. */
  intended: readonly KindWithFacts[];
  /** The calls of the last seven days with a secret that a rotation has ended. */
  withRetired: { retiredAt: Date; calls: number; lastAt: Date } | null;
  /** The calls of the last seven days with secrets that no key has, and that are about this key. */
  unknownSecrets: readonly UnknownSecrets[];
  /** The time since which calls were taken without a break. No key can be called silent before it. */
  awakeSince: Date;
};

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
  /** Null for the key of a tool. For a decoy, the place where it is planted and the use that was made of it. */
  decoy: { place: string; use: DecoyUse | null } | null;
  /** The budgets that a call of the last 7 days went over and nobody lifted, the latest first. */
  excesses: readonly Excess[];
  /** An older key in use that has the same name and environment. */
  elder: { id: string; createdAt: Date } | null;
  use: UseFacts;
};
