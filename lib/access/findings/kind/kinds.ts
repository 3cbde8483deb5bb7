/**
 * Every kind of finding about a key. A kind added here does not compile until it has a judge
 * (`lib/access/findings/judging/judge-key.ts`), a schema of its facts (`facts.ts`), words (`words.ts`) and a remedy
 * (`remedies.ts`).
 */
export const FINDING_KINDS = [
  "decoy_used",
  "leaked",
  "budget_exceeded",
  "bulk_reading",
  "scanning",
  "walking",
  "new_network",
  "burst",
  "silent",
  "key_in_url",
  "key_guessed",
  "unknown_secrets",
  "retired_secret_called",
  "ended_key_called",
  "old_secret_in_use",
  "expiring",
  "owner_cannot_manage",
  "unused_scopes",
  "old_secret",
  "unused",
  "never_used",
  "works_from_anywhere",
  "no_expiry",
  "same_name",
] as const;

/** The kinds that are about one unusual hour. Once found, they stand for some days. */
export const STANDING_KINDS = [
  "burst",
  "bulk_reading",
  "scanning",
  "walking",
  "key_in_url",
] as const satisfies readonly FindingKind[];

/** One kind of the closed list. */
export type FindingKind = (typeof FINDING_KINDS)[number];

const KNOWN = new Set<string>(FINDING_KINDS);

/** Whether `text` is one of the kinds. */
export function isFindingKind(text: string): text is FindingKind {
  return KNOWN.has(text);
}
