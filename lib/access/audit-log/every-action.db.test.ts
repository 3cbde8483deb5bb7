import { expect, test } from "vitest";
import type { EditKeyInput } from "@/lib/access/api-keys/key/schema";
import { type ChangeWords, changeAsText } from "@/lib/access/audit-log/change-words";
import type { Deed } from "@/lib/access/audit-log/event";
import { keyHistory } from "@/lib/access/audit-log/key-history";
import { listAuditEvents } from "@/lib/access/audit-log/query";
import { auditQuery } from "@/lib/access/audit-log/schema";
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/people/audit/audit-actions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { MAKE_ACTION } from "@/lib/testing/audit-actions";
import { edited, givenLimits, mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenPerson } from "@/lib/testing/people";

/** Each action as the log says it: who did what, and the changes. */
const IN_LOG: Record<AuditAction, string[]> = {
  "workspace.created": ["Mara Keller created the workspace Workspace"],
  "workspace.renamed": ["Mara Keller renamed the workspace Acme", "Name: Workspace → Acme"],
  "workspace.second_factor_required": [
    "Mara Keller required a second factor of everybody in Workspace",
  ],
  "workspace.content_days_changed": [
    "Mara Keller changed how long Workspace keeps what emails said",
    "What emails said is kept: 30 days → 7 days",
  ],
  "workspace.second_factor_optional": ["Mara Keller made the second factor optional in Workspace"],
  "workspace.rotation_days_changed": [
    "Mara Keller changed when secrets of Workspace are due to be rotated",
    "Secrets are due after: 180 days → 90 days",
  ],
  "workspace.leak_policy_changed": [
    "Mara Keller changed what a report of a leak does in Workspace",
    "When a leak is reported: Revoke at once → Alert only",
  ],
  "workspace.keys_reviewed": [
    "Mara Keller reviewed the keys of Workspace",
    "Kept: 1",
    "Narrowed: 0",
    "Rotated: 0",
    "Revoked: 0",
  ],
  "member.invited": ["Mara Keller invited jo@example.com", "Role: Viewer"],
  "member.invitation_revoked": ["Mara Keller revoked the invitation of jo@example.com"],
  "member.joined": ["Jo joined the workspace", "Role: Viewer"],
  "member.role_changed": ["Mara Keller changed the role of marketer", "Role: Marketer → Admin"],
  "member.removed": ["Mara Keller removed marketer", "Role: Marketer"],
  "member.second_factor_reset": ["Mara Keller reset the second factor of marketer"],
  "account.password_changed": ["Mara Keller changed their password"],
  "account.password_reset": ["Mara Keller set a new password by a link"],
  "account.signed_out_everywhere": ["Mara Keller signed out of every browser"],
  "account.session_ended": [
    "Mara Keller signed out of another browser",
    "Browser: Firefox on Windows",
    "IP address: 203.0.113.9",
  ],
  "account.renamed": ["Mara Jung changed their name", "Name: Mara Keller → Mara Jung"],
  "account.email_changed": [
    "Mara Keller changed their email",
    "Email: mara@example.com → new@example.com",
  ],
  "account.passkey_added": ["Mara Keller added a passkey", "Name: An unknown browser"],
  "account.passkey_removed": ["Mara Keller removed a passkey"],
  "account.app_added": ["Mara Keller set up an authenticator app"],
  "account.app_removed": ["Mara Keller removed their authenticator app"],
  "account.recovery_codes_made": ["Mara Keller made new recovery codes"],
  "account.recovery_code_used": ["Mara Keller used a recovery code"],
  "key.created": [
    "Mara Keller created the key HubSpot sync",
    "Name: HubSpot sync",
    "Description: For the CRM",
    "Use case: CRM sync",
    "Environment: Live",
    "May: read contacts, change contacts",
    "Allowed IP addresses: 203.0.113.7",
    "Audiences: Newsletter",
    "Sending domains: shop.example",
    "Secret: pstn_live_…",
    "Expiry: 21 Feb 2027, 12:00:00 UTC",
    "Expiry on rotation: 90 days later",
    "Owner: Mara Keller",
  ],
  "key.edited": [
    "Mara Keller changed the name and rate limit of the key HubSpot",
    "Name: HubSpot sync → HubSpot",
    "Rate limit: 600 calls a minute → 60 calls a minute",
  ],
  "key.rotated": [
    "Mara Keller rotated the secret of the key HubSpot sync",
    "Secret: pstn_live_… → pstn_live_…",
    "Old secret ends: 24 Nov 2026, 12:00:00 UTC",
    "Ended at once: pstn_live_…",
    "Expiry: 21 Feb 2027, 12:00:00 UTC",
  ],
  "key.rotation_ended": [
    "Mara Keller ended the old secret of the key HubSpot sync",
    "Old secret: pstn_live_…",
    "Old secret ends: 24 Nov 2026, 12:00:00 UTC → 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.rotation_extended": [
    "Mara Keller gave the old secret of the key HubSpot sync more time",
    "Old secret: pstn_live_…",
    "Old secret ends: 24 Nov 2026, 12:00:00 UTC → 25 Nov 2026, 12:00:00 UTC",
  ],
  "key.paused": [
    "Mara Keller paused the key HubSpot sync",
    "Paused since: 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.resumed": [
    "Mara Keller resumed the key HubSpot sync",
    "Paused since: 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.frozen": [
    "Mara Keller froze the key HubSpot sync",
    "Frozen since: 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.unfrozen": [
    "Mara Keller unfroze the key HubSpot sync",
    "Frozen since: 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.leak_reported": [
    "Somebody who found the key reported that the key HubSpot sync leaked",
    "Secret: pstn_live_…",
    "Found at: https://paste.example/x7Qd",
  ],
  "key.budget_exceeded": [
    "HubSpot sync went over its budget",
    "Budget: Contacts read a day",
    "Limit: 100",
  ],
  "key.budget_lifted": [
    "Mara Keller let the key HubSpot sync go on beyond its budget",
    "Lifted: Contacts read a day",
  ],
  "key.revoked": [
    "Mara Keller revoked the key HubSpot sync",
    "Revoked: 23 Nov 2026, 12:00:00 UTC",
    "Reason: Other",
    "Note: The agency left",
  ],
  "key.revoke_undone": [
    "Mara Keller undid the revoke of the key HubSpot sync",
    "Revoked: 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.owner_changed": [
    "Mara Keller handed the key HubSpot sync over",
    "Owner: Mara Keller → marketer",
  ],
  "key.kept": ["Mara Keller looked at the key HubSpot sync and kept it"],
  "decoy.planted": [
    "Mara Keller planted the decoy HubSpot backup",
    "Planted at: The agency's wiki",
    "Secret: pstn_live_…",
  ],
  "decoy.removed": [
    "Mara Keller removed the decoy HubSpot backup",
    "Planted at: The agency's wiki",
  ],
  "key.emails_canceled": [
    "Mara Keller canceled what the key HubSpot sync had queued",
    "Emails: 1",
    "Campaigns: 0",
    "Its calls count since: 23 Nov 2026, 12:00:00 UTC",
  ],
  "key.contacts_restored": [
    "Mara Keller restored contacts that the key HubSpot sync had changed",
    "Contacts: 1",
    "Its calls count since: 23 Nov 2026, 12:00:00 UTC",
  ],
  "incident.opened": ["Mara Keller said that the key HubSpot sync leaked"],
  "incident.since_set": [
    "Mara Keller chose since when the calls of HubSpot sync count as somebody else's",
    "Its calls count since: 23 Nov 2026, 11:00:00 UTC",
  ],
  "incident.handed_over": [
    "Mara Keller handed over what is to be done about HubSpot sync",
    "Handed to: admin",
  ],
  "incident.replaced": [
    "Mara Keller replaced the leaked key HubSpot sync",
    "New key: HubSpot sync (new)",
  ],
  "incident.put_right": ["Mara Keller said that nothing HubSpot sync did is left to put right"],
  "incident.noted": ["Mara Keller wrote notes about the leak of HubSpot sync"],
  "incident.closed": ["Mara Keller ended the incident about the key HubSpot sync"],
  "finding.dismissed": [
    "Mara Keller dismissed the finding HubSpot sync: never expires",
    "Reason: It is meant to be so",
    "Note: The CRM cannot rotate",
  ],
  "finding.restored": ["Mara Keller restored the finding HubSpot sync: never expires"],
  "contact.resubscribed": [
    "The contact, by a link in an email resubscribed the contact con_",
    "Unsubscribed: yes → no",
  ],
  "contact.deleted": ["Mara Keller deleted the contact con_"],
  "audience.created": [
    "Mara Keller created the audience Buyers",
    "Name: Buyers",
    "Environment: Live",
    "Rule: plan is “Pros”",
  ],
  "audience.renamed": ["Mara Keller renamed the audience Customers", "Name: Buyers → Customers"],
  "audience.rule_changed": [
    "Mara Keller changed the rule of the audience Buyers",
    "Rule: plan is “Pros” → plan is “Free”",
  ],
  "audience.deleted": ["Mara Keller deleted the audience Buyers"],
  "template.created": [
    "Mara Keller created the template Receipt",
    "Name: Receipt",
    "Environment: Live",
  ],
  "template.changed": [
    "Mara Keller changed the subject of the template Receipt",
    "Subject: Receipt → Thank you",
  ],
  "template.deleted": ["Mara Keller deleted the template Receipt"],
  "campaign.created": [
    "Mara Keller drafted the campaign Sale",
    "Name: Sale",
    "Environment: Live",
    "Audience: Newsletter",
    "Subject: Hello",
  ],
  "campaign.changed": [
    "Mara Keller changed the reply-to email and subject of the campaign Sale",
    "Reply to: none → help@acme.example",
    "Subject: Hello → Hi",
  ],
  "campaign.sent": ["Mara Keller sent the campaign Sale", "Audience: Newsletter", "Contacts: 1"],
  "campaign.scheduled": [
    "Mara Keller scheduled the campaign Sale",
    "Audience: Newsletter",
    "Contacts: 1",
    "To be sent: 24 Nov 2026, 12:00:00 UTC",
  ],
  "campaign.canceled": ["Mara Keller canceled the campaign Sale"],
  "campaign.deleted": ["Mara Keller deleted the draft Sale"],
  "campaign.exported": [
    "Mara Keller exported the recipients of the campaign Sale",
    "Rows: 0",
    "Status: opened",
  ],
  "email.canceled": ["Mara Keller canceled the email eml_"],
  "domain.added": ["Mara Keller added the sending domain shop.example"],
  "domain.removed": ["Mara Keller removed the sending domain shop.example"],
  "suppression.added": [
    "Mara Keller suppressed j…@example.com",
    "Environment: Live",
    "Note: Asked by phone",
  ],
  "suppression.removed": [
    "Mara Keller removed j…@example.com from the suppression list",
    "Environment: Live",
    "Reason: By hand",
    "Note: Came back",
  ],
  "sending.paused": ["Postern paused the sending of Workspace", "Reason: 550 5.7.1 No relaying"],
  "sending.resumed": ["Mara Keller resumed the sending of Workspace"],
  "webhook.created": [
    "Mara Keller created the webhook CRM",
    "Name: CRM",
    "Environment: Live",
    "URL: https://crm.example.com/hooks",
    "Events: contact.unsubscribed",
  ],
  "webhook.changed": ["Mara Keller changed the name of the webhook Shop", "Name: CRM → Shop"],
  "webhook.secret_rotated": [
    "Mara Keller rotated the signing secret of the webhook CRM",
    "Old secret ends: 24 Nov 2026, 12:00:00 UTC",
  ],
  "webhook.switched_off": [
    "Postern switched off the webhook CRM",
    "Reason: No message arrived for 3 days.",
  ],
  "webhook.switched_on": ["Mara Keller switched the webhook CRM on again"],
  "webhook.deleted": ["Mara Keller deleted the webhook CRM"],
  "activity.exported": [
    "Mara Keller exported the activity",
    "Format: csv",
    "Rows: 0",
    "Status: 4xx",
    "Search: tea",
  ],
  "audit.exported": [
    "Mara Keller exported the audit log",
    "Format: ndjson",
    "Rows: 0",
    "Action: Key created",
  ],
  "audit.redacted": [
    "Postern took the email of a deleted contact out of the audit log",
    "Entries: aev_",
  ],
};

/** The actions of which a key's history says less. */
const IN_HISTORY: Partial<Record<AuditAction, string[]>> = {
  "key.created": [
    "Mara Keller created the key",
    "May: read contacts, change contacts",
    "Allowed IP addresses: 203.0.113.7",
    "Audiences: Newsletter",
    "Sending domains: shop.example",
    "Expiry: 21 Feb 2027, 12:00:00 UTC",
    "Expiry on rotation: 90 days later",
  ],
  "key.paused": ["Mara Keller paused the key"],
  "key.frozen": ["Mara Keller froze the key"],
  "key.revoked": ["Mara Keller revoked the key", "Reason: Other", "Note: The agency left"],
};

test.each(AUDIT_ACTIONS)("%s reads in the log, and in a key's history", async (action) => {
  const person = await givenPerson();
  await MAKE_ACTION[action](person);
  const [inLog = []] = await logOf(person.actor, action);
  expect(inLog).toEqual(IN_LOG[action]);
  if (!action.startsWith("key.")) return;
  const [did = "", ...changes] = inLog;
  const inHistory = IN_HISTORY[action] ?? [did.replace(/ (HubSpot sync|HubSpot)/, ""), ...changes];
  expect((await historyOf(person.actor, action))[0]).toEqual(inHistory);
});

/** An edit of each field of a key's form, and its words. */
const EDITS: [change: (owner: MemberActor) => Promise<Partial<EditKeyInput>>, words: string[]][] = [
  [async () => ({ name: "CRM" }), ["name", "Name: HubSpot sync → CRM"]],
  [
    async () => ({ description: "For the CRM" }),
    ["description", "Description: none → For the CRM"],
  ],
  [
    async () => ({ scopes: ["contacts:read", "emails:send"] }),
    ["permissions", "May now also: send emails", "May no longer: change contacts"],
  ],
  [
    async () => ({ allowedAddresses: ["203.0.113.7"] }),
    ["allowed IP addresses", "Allowed IP addresses: anywhere → 203.0.113.7"],
  ],
  [
    async (owner) => ({ audiences: (await givenLimits(owner)).audiences }),
    ["audiences", "Audiences: all → Newsletter"],
  ],
  [
    async (owner) => ({ sendingDomains: (await givenLimits(owner)).sendingDomains }),
    ["sending domains", "Sending domains: all → shop.example"],
  ],
  [
    async () => ({ skipUnsubscribed: true }),
    ["emails to people who unsubscribed", "Emails to people who unsubscribed: sent → not sent"],
  ],
  [
    async () => ({ expiry: { kind: "never" } }),
    [
      "expiry",
      "Expiry: 21 Feb 2027, 12:00:00 UTC → never",
      "Expiry on rotation: 90 days later → unchanged",
    ],
  ],
  [
    async () => ({ ratePerMinute: 1 }),
    ["rate limit", "Rate limit: 600 calls a minute → 1 call a minute"],
  ],
];

test.each(EDITS)(
  "an edit of a key says in both places what changed (%#)",
  async (change, words) => {
    const owner = await givenOwner();
    await edited(owner, await change(owner));
    const [fields, ...changes] = words;
    const { name } = await db().apiKey.findFirstOrThrow({
      where: { workspaceId: owner.workspaceId },
    });
    const did = `owner changed the ${fields} of the key`;
    expect(await logOf(owner, "key.edited")).toEqual([[`${did} ${name}`, ...changes]]);
    expect(await historyOf(owner, "key.edited")).toEqual([[did, ...changes]]);
  },
);

/** The events of an action in the log, newest first: a sentence, then its changes. */
async function logOf(reader: MemberActor, action: AuditAction): Promise<string[][]> {
  const page = mustWork(await listAuditEvents(reader, auditQuery.parse({ action })));
  return page.events.map((event) => linesOf(event, event.did.name ?? ""));
}

/** The events of an action in the history of the workspace's one key. */
async function historyOf(reader: MemberActor, action: AuditAction): Promise<string[][]> {
  const { workspaceId } = reader;
  const { id: keyId } = await db().apiKey.findFirstOrThrow({ where: { workspaceId } });
  const history = await keyHistory(reader, { keyId, limit: 10 });
  return history.filter((event) => event.action === action).map((event) => linesOf(event, ""));
}

type Said = { actorName: string; did: Deed; changes: ChangeWords[] };

function linesOf({ actorName, did, changes }: Said, name: string): string[] {
  const sentence = [actorName, did.before, name, did.after].filter((part) => part !== "");
  return [sentence.join(" "), ...changes.map(changeAsText)].map(withoutChance);
}

/** What differs from run to run: made-up names, ids and secrets. */
function withoutChance(text: string): string {
  return text
    .replace(/\b(owner|admin|marketer) [0-9a-f]{8}\b/g, "$1")
    .replace(/\bWorkspace [0-9a-f-]{36}/g, "Workspace")
    .replace(/[0-9a-f-]{36}@example\.com/g, "mara@example.com")
    .replace(/\b(con_|eml_|aev_)\w{26}/g, "$1")
    .replace(/pstn_live_…\w{4}/g, "pstn_live_…");
}
