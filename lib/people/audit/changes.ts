import { AUDIT_FIELDS, type AuditField } from "@/lib/people/audit/audit-fields";
import type { AuditChanges, AuditValue } from "@/lib/people/audit/record";

type Value = AuditValue | Date | undefined;
type Values = Partial<Record<AuditField, Value>>;

/** The changes that create a thing: each of its values, from null. Missing values and "" are left out. */
export function firstValues(values: Values): AuditChanges {
  const given = Object.entries(values).filter(([, to]) => to !== undefined && to !== "");
  return Object.fromEntries(given.map(([field, to]) => [field, { from: null, to: stored(to) }]));
}

/** The fields of `after` that differ from `before`, each with both values. */
export function changesBetween<After extends Values>(
  before: { [Field in keyof After]: Value },
  after: After,
): AuditChanges {
  const changes: AuditChanges = {};
  for (const field of AUDIT_FIELDS.filter((name) => name in after)) {
    const [from, to] = [stored(before[field]), stored(after[field])];
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to };
  }
  return changes;
}

function stored(value: Value): AuditValue {
  return value instanceof Date ? value.toISOString() : (value ?? null);
}
