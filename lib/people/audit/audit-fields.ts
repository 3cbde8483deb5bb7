/**
 * Every field that an audit event can say was changed, in the order its page shows them: the database does not
 * keep the one written. A field added here does not compile until it has words
 * (`lib/access/audit-log/change-words.ts`).
 */
export const AUDIT_FIELDS = [
  "name",
  "email",
  "browser",
  "description",
  "role",
  "useCase",
  "environment",
  "scopes",
  "allowedAddresses",
  "audiences",
  "sendingDomains",
  "rule",
  "audience",
  "from",
  "replyTo",
  "subject",
  "recipients",
  "scheduledAt",
  "unsubscribed",
  "secret",
  "oldSecret",
  "oldSecretEndsAt",
  "endedSecret",
  "expiresAt",
  "expiryDays",
  "ratePerMinute",
  "owner",
  "pausedAt",
  "revokedAt",
  "reason",
  "note",
  "format",
  "key",
  "person",
  "action",
  "target",
  "status",
  "method",
  "address",
  "path",
  "q",
  "to",
] as const;

/** One field of the closed list. */
export type AuditField = (typeof AUDIT_FIELDS)[number];
