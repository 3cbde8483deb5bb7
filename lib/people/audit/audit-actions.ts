/**
 * Every action the audit log records, in the order its filter offers them. An action added here does not
 * compile until it has words (`lib/access/audit-log/words.ts`), a function that makes its change
 * (`lib/testing/audit-actions.ts`), and the sentences expected of it
 * (`lib/access/audit-log/every-action.db.test.ts`).
 */
export const AUDIT_ACTIONS = [
  "workspace.created",
  "workspace.renamed",
  "workspace.second_factor_required",
  "workspace.second_factor_optional",
  "workspace.content_days_changed",
  "member.invited",
  "member.invitation_revoked",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "member.second_factor_reset",
  "account.password_changed",
  "account.password_reset",
  "account.signed_out_everywhere",
  "account.session_ended",
  "account.renamed",
  "account.email_changed",
  "account.passkey_added",
  "account.passkey_removed",
  "account.app_added",
  "account.app_removed",
  "account.recovery_codes_made",
  "account.recovery_code_used",
  "key.created",
  "key.edited",
  "key.rotated",
  "key.rotation_ended",
  "key.rotation_extended",
  "key.paused",
  "key.resumed",
  "key.revoked",
  "key.owner_changed",
  "finding.dismissed",
  "finding.restored",
  "contact.resubscribed",
  "contact.deleted",
  "audience.created",
  "audience.renamed",
  "audience.rule_changed",
  "audience.deleted",
  "template.created",
  "template.changed",
  "template.deleted",
  "campaign.created",
  "campaign.changed",
  "campaign.sent",
  "campaign.scheduled",
  "campaign.canceled",
  "campaign.deleted",
  "campaign.exported",
  "email.canceled",
  "domain.added",
  "domain.removed",
  "suppression.added",
  "suppression.removed",
  "sending.paused",
  "sending.resumed",
  "activity.exported",
  "audit.exported",
] as const;

/** One action of the closed list. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The actions on keys, which make up the history of a key. */
export type KeyAction = Extract<AuditAction, `key.${string}`>;
