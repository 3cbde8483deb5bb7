import type { AuditChange } from "@/lib/people/audit/record";

/** The decisions about a key in a review. */
export const DECISIONS = ["kept", "narrowed", "rotated", "revoked"] as const;
export type Decision = (typeof DECISIONS)[number];

/** A key as a review looks at it. */
export type ReviewedKey = { reviewedAt: Date | null; revokedAt: Date | null };

/** A change of a key on record, since the review began. */
export type KeyChange = {
  action: string;
  changes: Readonly<Record<string, AuditChange>>;
};

/**
 * The decision about a key since `since`, by its state and by its changes on record since then. The weightiest
 * decision counts. Null where nobody has looked at it yet.
 */
export function decisionOn(
  key: ReviewedKey,
  changes: readonly KeyChange[],
  since: Date,
): Decision | null {
  if (key.revokedAt && key.revokedAt > since) return "revoked";
  if (changes.some(({ action }) => action === "key.rotated")) return "rotated";
  if (changes.some(isNarrowing)) return "narrowed";
  return key.reviewedAt && key.reviewedAt > since ? "kept" : null;
}

/** Whether a key can do less after an edit: fewer scopes, or a first limit of its IP addresses. */
function isNarrowing({ action, changes: { scopes, allowedAddresses } }: KeyChange): boolean {
  if (action !== "key.edited") return false;
  const losesScopes = scopes && sizeOf(scopes.to) < sizeOf(scopes.from);
  const isLimited =
    allowedAddresses && sizeOf(allowedAddresses.from) === 0 && sizeOf(allowedAddresses.to) > 0;
  return Boolean(losesScopes || isLimited);
}

function sizeOf(value: AuditChange["from"]): number {
  return typeof value === "object" && value !== null ? value.length : 0;
}
