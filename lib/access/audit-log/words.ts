import {
  ENVIRONMENT_WORDS,
  REVOKE_REASONS,
  scopesInWords,
  useCaseInWords,
} from "@/lib/access/api-keys/key/words";
import { SUPPRESSION_REASONS } from "@/lib/mail/suppressions/words";
import type { AuditAction, AuditChanges, AuditValue } from "@/lib/people/audit/record";
import { ROLES } from "@/lib/people/members/roles";
import { countOf } from "@/lib/platform/format/number";
import { exactUtc } from "@/lib/platform/format/time";

type ActionWords = {
  /** The action by itself, as the filter offers it. */
  label: string;
  /** What follows the actor's name. */
  did: string;
  /** Whether the target's name follows. */
  named: boolean;
};

const ACTIONS: Record<AuditAction, ActionWords> = {
  "workspace.created": { label: "Workspace created", did: "created the workspace", named: true },
  "member.invited": { label: "Member invited", did: "invited", named: true },
  "member.invitation_revoked": {
    label: "Invitation revoked",
    did: "revoked the invitation of",
    named: true,
  },
  "member.joined": { label: "Member joined", did: "joined the workspace", named: false },
  "member.role_changed": { label: "Role changed", did: "changed the role of", named: true },
  "member.removed": { label: "Member removed", did: "removed", named: true },
  "account.password_changed": {
    label: "Password changed",
    did: "changed their password",
    named: false,
  },
  "account.signed_out_everywhere": {
    label: "Signed out everywhere",
    did: "signed out of every browser",
    named: false,
  },
  "key.created": { label: "Key created", did: "created the key", named: true },
  "key.edited": { label: "Key edited", did: "changed the key", named: true },
  "key.rotated": { label: "Key rotated", did: "rotated the secret of", named: true },
  "key.rotation_ended": {
    label: "Rotation ended",
    did: "ended the old secret of",
    named: true,
  },
  "key.rotation_extended": {
    label: "Rotation extended",
    did: "gave more time to the old secret of",
    named: true,
  },
  "key.paused": { label: "Key paused", did: "paused the key", named: true },
  "key.resumed": { label: "Key resumed", did: "resumed the key", named: true },
  "key.revoked": { label: "Key revoked", did: "revoked the key", named: true },
  "key.owner_changed": { label: "Key handed over", did: "handed over the key", named: true },
  "contact.resubscribed": {
    label: "Contact resubscribed",
    did: "subscribed again the contact",
    named: true,
  },
  "audience.created": { label: "Audience created", did: "created the audience", named: true },
  "audience.renamed": { label: "Audience renamed", did: "renamed the audience", named: true },
  "audience.rule_changed": {
    label: "Audience rule changed",
    did: "changed the rule of the audience",
    named: true,
  },
  "audience.deleted": { label: "Audience deleted", did: "deleted the audience", named: true },
  "template.created": { label: "Template created", did: "created the template", named: true },
  "template.changed": { label: "Template changed", did: "changed the template", named: true },
  "template.deleted": { label: "Template deleted", did: "deleted the template", named: true },
  "campaign.created": { label: "Campaign drafted", did: "drafted the campaign", named: true },
  "campaign.changed": { label: "Campaign changed", did: "changed the campaign", named: true },
  "campaign.sent": { label: "Campaign sent", did: "sent the campaign", named: true },
  "campaign.scheduled": { label: "Campaign scheduled", did: "scheduled the campaign", named: true },
  "campaign.canceled": { label: "Campaign canceled", did: "canceled the campaign", named: true },
  "campaign.deleted": { label: "Campaign deleted", did: "deleted the draft", named: true },
  "campaign.exported": {
    label: "Recipients exported",
    did: "exported the recipients of",
    named: true,
  },
  "email.canceled": { label: "Email canceled", did: "canceled the email", named: true },
  "domain.added": { label: "Sending domain added", did: "added the sending domain", named: true },
  "domain.removed": {
    label: "Sending domain removed",
    did: "removed the sending domain",
    named: true,
  },
  "suppression.added": { label: "Address suppressed", did: "suppressed the address", named: true },
  "suppression.removed": {
    label: "Suppression removed",
    did: "took off the suppression list",
    named: true,
  },
  "activity.exported": { label: "Activity exported", did: "exported the activity", named: false },
  "audit.exported": { label: "Audit log exported", did: "exported the audit log", named: false },
};

/** Every action with its label, in the order the filter offers them. */
export const ACTION_LABELS: readonly { action: AuditAction; label: string }[] = Object.entries(
  ACTIONS,
).map(([action, { label }]) => ({ action: action as AuditAction, label }));

/** What an event says its actor did. An action this version does not know is shown as it is stored. */
export function actionWords(action: string): ActionWords {
  const known: Partial<Record<string, ActionWords>> = ACTIONS;
  return known[action] ?? { label: action, did: action, named: true };
}

/** One field of a change in words. */
export type ChangeWords = { field: string; from: string; to: string };

/** Fields in the order they are shown; the database does not keep the one they were written in. */
const FIELDS: Record<string, string> = {
  name: "Name",
  description: "Description",
  role: "Role",
  useCase: "Use case",
  environment: "Environment",
  scopes: "Scopes",
  allowedAddresses: "Allowed addresses",
  audiences: "Only in audiences",
  sendingDomains: "Only from domains",
  rule: "Rule",
  audience: "Audience",
  from: "From",
  subject: "Subject",
  recipients: "People",
  scheduledAt: "To be sent",
  expiresAt: "Expires",
  expiryDays: "On rotation",
  ratePerMinute: "Calls a minute",
  owner: "Owner",
  secret: "Secret",
  oldSecret: "Old secret",
  oldSecretEndsAt: "Old secret ends",
  endedSecret: "Ended at once",
  pausedAt: "Paused",
  revokedAt: "Revoked",
  reason: "Reason",
  note: "Note",
};
const FIELD_ORDER = Object.keys(FIELDS);

/** What nothing at all means for a field; "none" for every other. */
const NOTHING: Record<string, string> = {
  allowedAddresses: "from anywhere",
  audiences: "all audiences",
  sendingDomains: "all of the workspace's",
  expiresAt: "never",
  expiryDays: "expiry stays",
};

/** How the values of a field read that are stored as ids. */
const VALUES: Record<string, (value: AuditValue) => string> = {
  scopes: (value) => (Array.isArray(value) ? scopesInWords(value) : asText(value)),
  useCase: (value) => useCaseInWords(asText(value)),
  reason: oneOf({ ...REVOKE_REASONS, ...SUPPRESSION_REASONS }),
  environment: oneOf(ENVIRONMENT_WORDS),
  role: oneOf(Object.fromEntries(ROLES.map(({ role, label }) => [role, label]))),
  action: (value) => (value ? actionWords(asText(value)).label : ""),
  expiryDays: (value) => (value ? `expires ${countOf(Number(value), "day")} later` : ""),
};

/** Words for an id; one that this version does not know is shown as it is stored. */
function oneOf(words: Partial<Record<string, string>>) {
  return (id: AuditValue) => words[asText(id)] ?? asText(id);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What changed, field by field. A field that was not there before has no `from`. */
export function changesInWords(changes: AuditChanges): ChangeWords[] {
  const ordered = Object.entries(changes).sort(([one], [other]) => rank(one) - rank(other));
  return ordered.map(([field, { from, to }]) => ({
    field: FIELDS[field] ?? spacedOut(field),
    from: from === null && isFirst(changes) ? "" : valueInWords(field, from),
    to: valueInWords(field, to),
  }));
}

function rank(field: string): number {
  const at = FIELD_ORDER.indexOf(field);
  return at < 0 ? FIELD_ORDER.length : at;
}

/** A change of things that were made by it, so that nothing had a value before. */
function isFirst(changes: AuditChanges): boolean {
  return Object.values(changes).every(({ from }) => from === null);
}

function valueInWords(field: string, value: AuditValue): string {
  const words = (VALUES[field] ?? asText)(value);
  return words || (NOTHING[field] ?? "none");
}

function asText(value: AuditValue): string {
  if (typeof value === "string") return INSTANT.test(value) ? exactUtc(new Date(value)) : value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

/** `someField` is "Some field". */
function spacedOut(field: string): string {
  const words = field.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
