import { z } from "zod";
import { BUDGET_NAMES } from "@/lib/access/api-keys/key/budgets";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { UNUSUAL_FACTS } from "@/lib/access/findings/kind/unusual-facts";
import { isScope, type Scope } from "@/lib/people/auth/scopes";
import { LeakSource } from "@/prisma/generated/enums";

const calls = z.number().int().min(0);
const instant = z.coerce.date();

const address = z.object({ address: z.string(), calls });

/** An IP address, and how many calls came from it. */
export type AddressUse = z.infer<typeof address>;

/** Scopes as they were stored. One that this version does not know is left out. */
const scopes = z
  .array(z.string())
  .transform((stored): Scope[] => stored.filter((scope) => isScope(scope)));

const route = z.object({ method: z.string(), route: z.string(), scopes, calls });

/** The calls of one route in the last 30 days, and the scopes it asked for. */
export type RouteUse = z.infer<typeof route>;

const decoyUse = z.object({
  calls,
  /** The number of hours that had calls. */
  hours: calls,
  /** The time of the last call, and the call itself. */
  lastAt: instant,
  method: z.string(),
  path: z.string(),
  address: z.string(),
  userAgent: z.string(),
});

/** The calls with a decoy. */
export type DecoyUse = z.infer<typeof decoyUse>;

const excess = z.object({
  budget: z.enum(BUDGET_NAMES),
  limit: calls,
  /** The amount that was used when a call went over the budget. */
  used: calls,
  passedAt: instant,
  /** The end of the hour or day, until which such calls are refused. */
  until: instant,
});

/** A budget that a call went over. */
export type Excess = z.infer<typeof excess>;

/** The facts that the page of a finding shows, by kind. They are stored as JSON. */
export const FACTS = {
  /** `use` is null where its secret was reported, but nobody called with it. */
  decoy_used: z.object({ place: z.string(), use: decoyUse.nullable(), reports: calls }),
  leaked: z.object({
    /** The latest report. `url` is "" where nobody said where it was found. */
    reportedAt: instant,
    source: z.enum(LeakSource),
    url: z.string(),
    reports: calls,
    revokedAt: instant.nullable(),
  }),
  /** The latest one first. */
  budget_exceeded: z.object({ excesses: z.array(excess).min(1) }),
  ended_key_called: z.object({
    ended: z.enum(["revoked", "expired"]),
    endedAt: instant,
    calls,
    /** The start of the hour of the last one. */
    lastAt: instant,
    callers: z.array(address),
  }),
  old_secret_in_use: z.object({
    retiresAt: instant,
    calls,
    lastUsedAt: instant,
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
  expiring: z.object({
    expiresAt: instant,
    /** The days that a rotation adds; null where it adds none. */
    renewsFor: z.number().int().nullable(),
    lastUsedAt: instant.nullable(),
  }),
  owner_cannot_manage: z.object({}),
  unused_scopes: z.object({ used: scopes, unused: scopes, calls, routes: z.array(route) }),
  old_secret: z.object({ secretSince: instant, dueAfterDays: z.number().int() }),
  unused: z.object({ lastUsedAt: instant }),
  never_used: z.object({ createdAt: instant, expires: z.boolean(), isLimited: z.boolean() }),
  works_from_anywhere: z.object({ addresses: z.array(address), days: calls }),
  no_expiry: z.object({ createdAt: instant }),
  same_name: z.object({ elderId: z.string(), elderSince: instant }),
  ...UNUSUAL_FACTS,
} satisfies Record<FindingKind, z.ZodType>;

/** The facts of a finding of one kind. */
export type FactsOf<Kind extends FindingKind> = z.infer<(typeof FACTS)[Kind]>;

/** A kind with its facts. */
export type KindWithFacts = {
  [Kind in FindingKind]: { kind: Kind; facts: FactsOf<Kind> };
}[FindingKind];

/** A stored kind with its facts. Null where another version stored what this one does not know. */
export function readFacts(kind: FindingKind, stored: unknown): KindWithFacts | null {
  const facts = FACTS[kind].safeParse(stored);
  return facts.success ? ({ kind, facts: facts.data } as KindWithFacts) : null;
}
