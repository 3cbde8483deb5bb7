import { emailHashes } from "@/lib/mail/address/email-hash";
import {
  jsonWithoutEmail,
  spellingsOfEmail,
  withoutEmail,
} from "@/lib/mail/address/without-mailbox";
import { suppressionTarget } from "@/lib/mail/suppressions/audit-target";
import type { AuditChanges } from "@/lib/people/audit/record";
import { type RedactedAudit, redactAudits } from "@/lib/people/audit/redact";
import type { View } from "@/lib/people/auth/view";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

type Event = {
  id: string;
  salt: string;
  targetId: string;
  targetName: string;
  changes: AuditChanges;
};

/** The name of a suppression whose email nobody may know any more. */
const UNNAMED = suppressionTarget("", null).name;

/**
 * Takes the email of a deleted contact out of the audit log: out of notes and of filters of exports, and its first
 * letter and domain out of what was done to its suppressions. The events of members and invitations stay as they are:
 * these are colleagues. The log says that it was done.
 */
export async function forgetInAudit(
  tx: Transaction,
  { workspaceId }: View,
  email: string,
  now: Date,
): Promise<void> {
  const contact = {
    workspaceId,
    spellings: spellingsOfEmail(email),
    suppressions: emailHashes(workspaceId, email).map((hash) => suppressionTarget(hash, null).id),
  };
  let left = await eventsWithout(tx, contact);
  while (left.length > 0) {
    if ((await redactAudits(tx, workspaceId, left, now)) === left.length) return;
    // Another contact, whom some of them name too, was deleted meanwhile.
    left = await eventsWithout(tx, contact);
  }
}

/** The names that the log has for a contact: the spellings of the email, and the ids of its suppressions. */
type Named = { workspaceId: string; spellings: string[]; suppressions: string[] };

/** The rest of each event that names the contact, without that name. */
async function eventsWithout(tx: Transaction, contact: Named): Promise<RedactedAudit[]> {
  const { workspaceId, spellings, suppressions } = contact;
  const found = await tx.$queryRaw<Event[]>`
    SELECT id, salt, target_id AS "targetId", target_name AS "targetName", changes FROM audit_event
    WHERE workspace_id = ${workspaceId} AND target_type NOT IN ('member', 'invitation')
      AND ((target_type = 'suppression' AND target_id = ANY(${suppressions}::text[]))
        OR EXISTS (SELECT FROM unnest(${spellings}::text[]) AS said (text)
                   WHERE strpos(lower(target_name), text) > 0 OR strpos(lower(changes::text), text) > 0))`;
  return found.flatMap((event) => {
    const { id, salt, targetId, targetName } = event;
    const isTheirs = suppressions.includes(targetId);
    const name = isTheirs ? UNNAMED : withoutEmail(targetName, spellings);
    const changes = jsonWithoutEmail(event.changes, spellings);
    // Some name only a longer email, or were rewritten before.
    const isSame = name === targetName && JSON.stringify(changes) === JSON.stringify(event.changes);
    return isSame ? [] : [{ id, salt, name, changes }];
  });
}
