import { emailHashes } from "@/lib/mail/address/email-hash";
import {
  jsonWithoutEmail,
  spellingsOfEmail,
  withoutEmail,
} from "@/lib/mail/address/without-mailbox";
import { suppressionTarget } from "@/lib/mail/suppressions/audit-target";
import type { View } from "@/lib/people/auth/view";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Prisma } from "@/prisma/generated/client";

type Event = { id: string; targetType: string; targetName: string; changes: Prisma.JsonValue };

/**
 * Takes the email of a deleted contact out of the audit log: out of notes and of filters of exports, and its first
 * letter and domain out of what was done to its suppressions. The events of members and invitations stay as they are:
 * these are colleagues.
 */
export async function forgetInAudit(
  tx: Transaction,
  { workspaceId }: View,
  email: string,
): Promise<void> {
  const spellings = spellingsOfEmail(email);
  const entries = emailHashes(workspaceId, email).map((hash) => suppressionTarget(hash, null).id);
  const events = await tx.$queryRaw<Event[]>`
    SELECT id, target_type AS "targetType", target_name AS "targetName", changes FROM audit_event
    WHERE workspace_id = ${workspaceId} AND target_type NOT IN ('member', 'invitation')
      AND ((target_type = 'suppression' AND target_id = ANY(${entries}::text[]))
        OR EXISTS (SELECT FROM unnest(${spellings}::text[]) AS said (text)
                   WHERE strpos(lower(target_name), text) > 0 OR strpos(lower(changes::text), text) > 0))`;
  if (events.length === 0) return;
  const unnamed = suppressionTarget("", null).name;
  const rewritten = events.map(({ id, targetType, targetName, changes }) => ({
    id,
    name: targetType === "suppression" ? unnamed : withoutEmail(targetName, spellings),
    changes: jsonWithoutEmail(changes, spellings),
  }));
  await tx.$executeRaw`
    UPDATE audit_event SET target_name = given.name, changes = given.changes
    FROM jsonb_to_recordset(${JSON.stringify(rewritten)}::jsonb)
      AS given (id text, name text, changes jsonb)
    WHERE audit_event.id = given.id`;
}
