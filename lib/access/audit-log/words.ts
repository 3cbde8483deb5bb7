import { AUDIT_ACTIONS, type AuditAction } from "@/lib/people/audit/audit-actions";

/** The words of an action. Every page and export that shows audit events reads them. */
type ActionWords = {
  /** The action by itself, as the filter offers it. */
  label: string;
  /**
   * What follows the name of who did it. `{name}` stands for the target's name; `{fields}` for "the name and
   * expiry of", where the event says which fields changed.
   */
  did: string;
};

const ACTIONS: Record<AuditAction, ActionWords> = {
  "workspace.created": { label: "Workspace created", did: "created the workspace {name}" },
  "workspace.renamed": { label: "Workspace renamed", did: "renamed the workspace {name}" },
  "workspace.second_factor_required": {
    label: "Second factor required",
    did: "required a second factor of everybody in {name}",
  },
  "workspace.second_factor_optional": {
    label: "Second factor optional",
    did: "made the second factor optional in {name}",
  },
  "workspace.content_days_changed": {
    label: "Email contents kept for",
    did: "changed how long {name} keeps what emails said",
  },
  "workspace.rotation_days_changed": {
    label: "Rotation due after",
    did: "changed when secrets of {name} are due to be rotated",
  },
  "workspace.leak_policy_changed": {
    label: "Leaked keys",
    did: "changed what a report of a leak does in {name}",
  },
  "workspace.keys_reviewed": { label: "Keys reviewed", did: "reviewed the keys of {name}" },
  "member.invited": { label: "Member invited", did: "invited {name}" },
  "member.invitation_revoked": {
    label: "Invitation revoked",
    did: "revoked the invitation of {name}",
  },
  "member.joined": { label: "Member joined", did: "joined the workspace" },
  "member.role_changed": { label: "Role changed", did: "changed the role of {name}" },
  "member.removed": { label: "Member removed", did: "removed {name}" },
  "member.second_factor_reset": {
    label: "Second factor reset",
    did: "reset the second factor of {name}",
  },
  "account.password_changed": { label: "Password changed", did: "changed their password" },
  "account.password_reset": {
    label: "Password reset",
    did: "set a new password by a link",
  },
  "account.signed_out_everywhere": {
    label: "Signed out everywhere",
    did: "signed out of every browser",
  },
  "account.session_ended": { label: "Browser signed out", did: "signed out of another browser" },
  "account.renamed": { label: "Name changed", did: "changed their name" },
  "account.email_changed": { label: "Email changed", did: "changed their email" },
  "account.passkey_added": { label: "Passkey added", did: "added a passkey" },
  "account.passkey_removed": { label: "Passkey removed", did: "removed a passkey" },
  "account.app_added": {
    label: "Authenticator app added",
    did: "set up an authenticator app",
  },
  "account.app_removed": {
    label: "Authenticator app removed",
    did: "removed their authenticator app",
  },
  "account.recovery_codes_made": {
    label: "Recovery codes made",
    did: "made new recovery codes",
  },
  "account.recovery_code_used": { label: "Recovery code used", did: "used a recovery code" },
  "key.created": { label: "Key created", did: "created the key {name}" },
  "key.edited": { label: "Key edited", did: "changed {fields} the key {name}" },
  "key.rotated": { label: "Key rotated", did: "rotated the secret of the key {name}" },
  "key.rotation_ended": { label: "Rotation ended", did: "ended the old secret of the key {name}" },
  "key.rotation_extended": {
    label: "Rotation extended",
    did: "gave the old secret of the key {name} more time",
  },
  "key.paused": { label: "Key paused", did: "paused the key {name}" },
  "key.resumed": { label: "Key resumed", did: "resumed the key {name}" },
  "key.frozen": { label: "Key frozen", did: "froze the key {name}" },
  "key.unfrozen": { label: "Key unfrozen", did: "unfroze the key {name}" },
  "key.leak_reported": { label: "Leak reported", did: "reported that the key {name} leaked" },
  // A key does this itself, so its name stands before.
  "key.budget_exceeded": { label: "Budget exceeded", did: "went over its budget" },
  "key.budget_lifted": {
    label: "Budget lifted",
    did: "let the key {name} go on beyond its budget",
  },
  "key.revoked": { label: "Key revoked", did: "revoked the key {name}" },
  "key.revoke_undone": { label: "Revoke undone", did: "undid the revoke of the key {name}" },
  "key.owner_changed": { label: "Key handed over", did: "handed the key {name} over" },
  "key.kept": { label: "Key kept", did: "looked at the key {name} and kept it" },
  "decoy.planted": { label: "Decoy planted", did: "planted the decoy {name}" },
  "decoy.removed": { label: "Decoy removed", did: "removed the decoy {name}" },
  "key.emails_canceled": {
    label: "Emails of a key canceled",
    did: "canceled what the key {name} had queued",
  },
  "key.contacts_restored": {
    label: "Contacts restored",
    did: "restored contacts that the key {name} had changed",
  },
  "incident.opened": { label: "Incident opened", did: "said that the key {name} leaked" },
  "incident.since_set": {
    label: "Time of a leak chosen",
    did: "chose since when the calls of {name} count as somebody else's",
  },
  "incident.handed_over": {
    label: "Incident handed over",
    did: "handed over what is to be done about {name}",
  },
  "incident.replaced": { label: "Leaked key replaced", did: "replaced the leaked key {name}" },
  "incident.put_right": {
    label: "Damage put right",
    did: "said that nothing {name} did is left to put right",
  },
  "incident.noted": { label: "Incident noted", did: "wrote notes about the leak of {name}" },
  "incident.closed": { label: "Incident ended", did: "ended the incident about the key {name}" },
  "finding.dismissed": { label: "Finding dismissed", did: "dismissed the finding {name}" },
  "finding.restored": { label: "Finding restored", did: "restored the finding {name}" },
  "contact.resubscribed": { label: "Contact resubscribed", did: "resubscribed the contact {name}" },
  "contact.deleted": { label: "Contact deleted", did: "deleted the contact {name}" },
  "audience.created": { label: "Audience created", did: "created the audience {name}" },
  "audience.renamed": { label: "Audience renamed", did: "renamed the audience {name}" },
  "audience.rule_changed": {
    label: "Audience rule changed",
    did: "changed the rule of the audience {name}",
  },
  "audience.deleted": { label: "Audience deleted", did: "deleted the audience {name}" },
  "template.created": { label: "Template created", did: "created the template {name}" },
  "template.changed": { label: "Template changed", did: "changed {fields} the template {name}" },
  "template.deleted": { label: "Template deleted", did: "deleted the template {name}" },
  "campaign.created": { label: "Campaign drafted", did: "drafted the campaign {name}" },
  "campaign.changed": { label: "Campaign changed", did: "changed {fields} the campaign {name}" },
  "campaign.sent": { label: "Campaign sent", did: "sent the campaign {name}" },
  "campaign.scheduled": { label: "Campaign scheduled", did: "scheduled the campaign {name}" },
  "campaign.canceled": { label: "Campaign canceled", did: "canceled the campaign {name}" },
  "campaign.deleted": { label: "Campaign deleted", did: "deleted the draft {name}" },
  "campaign.exported": {
    label: "Recipients exported",
    did: "exported the recipients of the campaign {name}",
  },
  "email.canceled": { label: "Email canceled", did: "canceled the email {name}" },
  "domain.added": { label: "Sending domain added", did: "added the sending domain {name}" },
  "domain.removed": { label: "Sending domain removed", did: "removed the sending domain {name}" },
  "suppression.added": { label: "Email suppressed", did: "suppressed {name}" },
  "suppression.removed": {
    label: "Suppression removed",
    did: "removed {name} from the suppression list",
  },
  "sending.paused": { label: "Sending paused", did: "paused the sending of {name}" },
  "sending.resumed": { label: "Sending resumed", did: "resumed the sending of {name}" },
  "webhook.created": { label: "Webhook created", did: "created the webhook {name}" },
  "webhook.changed": { label: "Webhook changed", did: "changed {fields} the webhook {name}" },
  "webhook.secret_rotated": {
    label: "Webhook secret rotated",
    did: "rotated the signing secret of the webhook {name}",
  },
  "webhook.switched_off": {
    label: "Webhook switched off",
    did: "switched off the webhook {name}",
  },
  "webhook.switched_on": {
    label: "Webhook switched on",
    did: "switched the webhook {name} on again",
  },
  "webhook.deleted": { label: "Webhook deleted", did: "deleted the webhook {name}" },
  "activity.exported": { label: "Activity exported", did: "exported the activity" },
  "audit.exported": { label: "Audit log exported", did: "exported the audit log" },
  "audit.redacted": {
    label: "Audit log redacted",
    did: "took the email of a deleted contact out of the audit log",
  },
};

/** Every action with its label, in the order the filter offers them. */
export const ACTION_LABELS: readonly { action: AuditAction; label: string }[] = AUDIT_ACTIONS.map(
  (action) => ({ action, label: ACTIONS[action].label }),
);

/** The words for an action. One that this version does not know is shown as it is stored. */
export function actionWords(action: string): ActionWords {
  const known: Partial<Record<string, ActionWords>> = ACTIONS;
  return known[action] ?? { label: action, did: `${action} {name}` };
}
