import type { Judged } from "@/lib/access/findings/judging/judged";
import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";

/** A key, and everything that was found about it. */
export type JudgedKey = {
  key: Pick<KeyFacts, "keyId" | "revision">;
  found: readonly Judged[];
};

/**
 * Brings the findings of these keys up to what was found: opens new ones, updates open ones, brings back dismissed
 * ones that are worse than when they were dismissed, and closes those that no longer hold. A key that was changed
 * since it was read is left as it is. Several processes may do this at once.
 */
export async function storeFindings(keys: readonly JudgedKey[], now: Date): Promise<void> {
  if (keys.length === 0) return;
  await transact(async (tx) => {
    await openOrUpdate(tx, keys, now);
    await bringBack(tx, keys);
    await closeOthers(tx, keys, now);
  });
}

/** Opens or updates what was found about these keys, in the transaction that made it so. It closes nothing. */
export async function raiseFindings(
  tx: Transaction,
  keys: readonly JudgedKey[],
  now: Date,
): Promise<void> {
  await openOrUpdate(tx, keys, now);
  await bringBack(tx, keys);
}

async function openOrUpdate(tx: Transaction, keys: readonly JudgedKey[], now: Date): Promise<void> {
  const rows = keys.flatMap(({ key, found }) => found.map((finding) => ({ ...key, ...finding })));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO finding (id, workspace_id, key_id, kind, severity, degree, facts, opened_at, seen_at, raised_at)
    SELECT given.id, api_key.workspace_id, key_id, kind, severity::"FindingSeverity", degree, facts::jsonb,
      ${now}, ${now}, ${now}
    FROM unnest(${rows.map(() => newId("fnd", now))}::text[], ${rows.map(({ keyId }) => keyId)}::text[],
        ${rows.map(({ revision }) => revision)}::int[], ${rows.map(({ kind }) => kind)}::text[],
        ${rows.map(({ severity }) => severity)}::text[], ${rows.map(({ degree }) => degree)}::int[],
        ${rows.map(({ facts }) => JSON.stringify(facts))}::text[])
      AS given (id, key_id, revision, kind, severity, degree, facts)
      JOIN api_key ON api_key.id = key_id AND api_key.revision = given.revision
    ORDER BY key_id, kind
    ON CONFLICT (key_id, kind) WHERE closed_at IS NULL DO UPDATE SET severity = excluded.severity,
      raised_at = CASE WHEN excluded.degree > finding.degree THEN excluded.raised_at ELSE finding.raised_at END,
      degree = excluded.degree, facts = excluded.facts, seen_at = excluded.seen_at`;
}

async function bringBack(tx: Transaction, keys: readonly JudgedKey[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE finding SET dismissed_at = NULL, dismissed_by = NULL, dismiss_reason = NULL, dismiss_note = NULL,
      dismissed_degree = NULL
    WHERE key_id = ANY(${keys.map(({ key }) => key.keyId)}::text[]) AND closed_at IS NULL
      AND degree > dismissed_degree`;
}

async function closeOthers(tx: Transaction, keys: readonly JudgedKey[], now: Date): Promise<void> {
  const holding = keys.flatMap(({ key, found }) => found.map(({ kind }) => `${key.keyId} ${kind}`));
  await tx.$executeRaw`
    UPDATE finding SET closed_at = ${now}
    FROM unnest(${keys.map(({ key }) => key.keyId)}::text[], ${keys.map(({ key }) => key.revision)}::int[])
      AS given (key_id, revision) JOIN api_key ON api_key.id = given.key_id AND api_key.revision = given.revision
    WHERE finding.key_id = given.key_id AND closed_at IS NULL
      AND NOT finding.key_id || ' ' || kind = ANY(${holding}::text[])`;
}
