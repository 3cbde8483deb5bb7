import { BUDGETS } from "@/lib/access/api-keys/key/budgets";
import {
  ENVIRONMENT_WORDS,
  REVOKE_REASONS,
  scopesInWords,
  useCaseInWords,
} from "@/lib/access/api-keys/key/words";
import { actionWords } from "@/lib/access/audit-log/words";
import { DISMISS_REASONS } from "@/lib/access/findings/kind/words";
import { LEAK_POLICIES } from "@/lib/access/leaks/words";
import { SUPPRESSION_REASONS } from "@/lib/mail/suppressions/words";
import { AUDIT_FIELDS, type AuditField } from "@/lib/people/audit/audit-fields";
import type { AuditChange, AuditValue } from "@/lib/people/audit/record";
import { ROLES } from "@/lib/people/members/roles";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { exactUtc } from "@/lib/platform/format/time";

/** The changed fields of a stored event. Another version may have stored fields that this one does not know. */
export type StoredChanges = Readonly<Record<string, AuditChange>>;

/**
 * One changed field: its label, and the values before and after, item by item. `from` is empty where the
 * field was not there before, or where one of the two values says it all.
 */
export type ChangeWords = { label: string; from: string[]; to: string[] };

type Field = {
  label: string;
  /** How a sentence names the field: as its label where this is missing. */
  noun?: string;
  /** How one value reads; as it is stored where this is missing. */
  words?: (value: string | number | boolean) => string;
  /** How no value reads: "none" where this is missing. Where it is "", only the other value is said. */
  nothing?: string;
};

const FIELDS: Record<AuditField, Field> = {
  name: { label: "Name" },
  email: { label: "Email" },
  browser: { label: "Browser" },
  description: { label: "Description" },
  role: {
    label: "Role",
    words: oneOf(Object.fromEntries(ROLES.map(({ role, label }) => [role, label]))),
    nothing: "",
  },
  useCase: { label: "Use case", words: (id) => useCaseInWords(String(id)) },
  environment: { label: "Environment", words: oneOf(ENVIRONMENT_WORDS), nothing: "" },
  scopes: { label: "Permissions" },
  allowedAddresses: { label: "Allowed IP addresses", nothing: "anywhere" },
  audiences: { label: "Audiences", nothing: "all" },
  sendingDomains: { label: "Sending domains", nothing: "all" },
  skipUnsubscribed: {
    label: "Emails to people who unsubscribed",
    noun: "emails to people who unsubscribed",
    words: (skips) => (skips ? "not sent" : "sent"),
    nothing: "",
  },
  forgetBodies: {
    label: "What its emails say",
    noun: "whether it is kept what its emails say",
    words: (forgets) => (forgets ? "not kept" : "kept"),
    nothing: "",
  },
  contentDays: {
    label: "What emails said is kept",
    noun: "how long it is kept what emails said",
    words: (days) => countOf(Number(days), "day"),
  },
  rotationDays: {
    label: "Secrets are due after",
    noun: "after how many days secrets are due to be rotated",
    words: (days) => countOf(Number(days), "day"),
  },
  leakPolicy: {
    label: "When a leak is reported",
    noun: "what a report of a leak does",
    words: oneOf(LEAK_POLICIES),
  },
  rule: { label: "Rule" },
  audience: { label: "Audience" },
  from: { label: "From", noun: "sender" },
  replyTo: { label: "Reply to", noun: "reply-to email" },
  subject: { label: "Subject" },
  recipients: { label: "Contacts" },
  emails: { label: "Emails" },
  campaigns: { label: "Campaigns" },
  contacts: { label: "Contacts" },
  scheduledAt: { label: "To be sent" },
  unsubscribed: { label: "Unsubscribed" },
  url: { label: "URL" },
  events: { label: "Events" },
  place: { label: "Planted at" },
  secret: { label: "Secret" },
  oldSecret: { label: "Old secret" },
  oldSecretEndsAt: { label: "Old secret ends", nothing: "" },
  endedSecret: { label: "Ended at once", nothing: "" },
  expiresAt: { label: "Expiry", nothing: "never" },
  expiryDays: {
    label: "Expiry on rotation",
    words: (days) => `${countOf(Number(days), "day")} later`,
    nothing: "unchanged",
  },
  ratePerMinute: {
    label: "Rate limit",
    words: (calls) => `${countOf(Number(calls), "call")} a minute`,
  },
  recipientsPerMinute: {
    label: "Recipients a minute",
    words: (recipients) => formatCount(Number(recipients)),
  },
  recipientsPerDay: {
    label: BUDGETS.recipientsPerDay.label,
    words: (recipients) => formatCount(Number(recipients)),
  },
  recipientsPerHour: {
    label: BUDGETS.recipientsPerHour.label,
    words: (recipients) => formatCount(Number(recipients)),
    nothing: "no budget",
  },
  contactsReadPerDay: {
    label: BUDGETS.contactsReadPerDay.label,
    words: (contacts) => formatCount(Number(contacts)),
    nothing: "no budget",
  },
  budget: { label: "Budget" },
  limit: { label: "Limit", words: (limit) => formatCount(Number(limit)) },
  budgets: { label: "Lifted" },
  owner: { label: "Owner" },
  foundAt: { label: "Found at" },
  pausedAt: { label: "Paused since", nothing: "" },
  frozenAt: { label: "Frozen since", nothing: "" },
  revokedAt: { label: "Revoked", nothing: "" },
  since: { label: "Its calls count since" },
  told: { label: "Mailed" },
  handler: { label: "Handed to" },
  replacement: { label: "New key" },
  reason: {
    label: "Reason",
    words: oneOf({ ...REVOKE_REASONS, ...SUPPRESSION_REASONS, ...DISMISS_REASONS }),
    nothing: "",
  },
  note: { label: "Note" },
  kept: { label: "Kept" },
  narrowed: { label: "Narrowed" },
  rotated: { label: "Rotated" },
  revoked: { label: "Revoked" },
  format: { label: "Format" },
  rows: { label: "Rows" },
  key: { label: "Key" },
  person: { label: "Person" },
  action: { label: "Action", words: (action) => actionWords(String(action)).label },
  target: { label: "Target" },
  status: { label: "Status" },
  method: { label: "Method" },
  address: { label: "IP address" },
  path: { label: "Path" },
  q: { label: "Search" },
  to: { label: "To" },
  // Behind each id stands the hash of what was left (docs/decisions/audit-chain.md), which people need not read.
  entries: { label: "Entries", words: (entry) => String(entry).split(":")[0] ?? "" },
};

/** What changed, field by field. Permissions read as what the key may do now and could not before. */
export function changesInWords(changes: StoredChanges): ChangeWords[] {
  const isNew = Object.values(changes).every(({ from }) => from === null);
  return inOrder(changes).flatMap(([field, change]) =>
    field === "scopes" ? scopeChanges(change) : valueChange(field, change, isNew),
  );
}

/** A change as text: "Name: HubSpot → CRM", "May now also: read contacts". An arrow only means a change. */
export function changeAsText({ label, from, to }: ChangeWords): string {
  const values = from.length > 0 ? [from, to] : [to];
  return `${label}: ${values.map((items) => items.join(", ")).join(" → ")}`;
}

/** The changed fields as a sentence names them: "name", "allowed IP addresses". */
export function changedFields(changes: StoredChanges): string[] {
  return inOrder(changes)
    .map(([field]) => field)
    .filter((field) => field !== "expiryDays" || !("expiresAt" in changes))
    .map((field) => fieldWords(field)?.noun ?? lowerFirst(labelOf(field)));
}

function inOrder(changes: StoredChanges): [field: string, change: AuditChange][] {
  return Object.entries(changes).sort(([one], [other]) => rank(one) - rank(other));
}

function rank(field: string): number {
  const at = AUDIT_FIELDS.indexOf(field as AuditField);
  return at < 0 ? AUDIT_FIELDS.length : at;
}

function scopeChanges({ from, to }: AuditChange): ChangeWords[] {
  const [before, after] = [itemsOf(from).map(String), itemsOf(to).map(String)];
  const added = after.filter((scope) => !before.includes(scope));
  const removed = before.filter((scope) => !after.includes(scope));
  return [
    { label: from === null ? "May" : "May now also", from: [], to: scopesInWords(added) },
    { label: "May no longer", from: [], to: scopesInWords(removed) },
  ].filter(({ to: scopes }) => scopes.length > 0);
}

function valueChange(field: string, { from, to }: AuditChange, isNew: boolean): ChangeWords {
  const label = labelOf(field);
  const wasNotThere = from === null && (isNew || fieldWords(field)?.nothing === undefined);
  const before = wasNotThere ? [] : valueInWords(field, from);
  const after = valueInWords(field, to);
  const isSame = before.join() === after.join();
  return isSame || after.length === 0
    ? { label, from: [], to: before }
    : { label, from: before, to: after };
}

function valueInWords(field: string, value: AuditValue): string[] {
  const { words = asText, nothing = "none" } = fieldWords(field) ?? {};
  const said = itemsOf(value)
    .map(words)
    .filter((item) => item !== "");
  return said.length === 0 && nothing !== "" ? [nothing] : said;
}

function itemsOf(value: AuditValue): readonly (string | number | boolean)[] {
  if (value === null) return [];
  return typeof value === "object" ? value : [value];
}

function fieldWords(field: string): Field | undefined {
  return Object.hasOwn(FIELDS, field) ? FIELDS[field as AuditField] : undefined;
}

function labelOf(field: string): string {
  return fieldWords(field)?.label ?? spacedOut(field);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `someField` is "Some field". */
function spacedOut(field: string): string {
  const words = field.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words for an id; one that this version does not know is shown as it is stored. */
function oneOf(words: Partial<Record<string, string>>) {
  return (id: string | number | boolean) => words[String(id)] ?? String(id);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function asText(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = String(value);
  return INSTANT.test(text) ? exactUtc(new Date(text)) : text;
}
