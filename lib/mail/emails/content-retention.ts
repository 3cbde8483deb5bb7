import { type ContentDaysInput, DEFAULT_CONTENT_DAYS } from "@/lib/mail/emails/schema";
import { changesBetween } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** How many days after an email of the workspace has ended what it said is deleted. */
export async function contentDaysOf({ workspaceId: id }: MemberActor): Promise<number> {
  const select = { contentDays: true };
  const workspace = await reader().workspace.findUnique({ where: { id }, select });
  return workspace?.contentDays ?? DEFAULT_CONTENT_DAYS;
}

/**
 * Decides how many days what emails said is kept, and records it. Emails that have ended before follow within an
 * hour; what is deleted stays deleted when the days become more. `not_found` for members who may not decide it.
 */
export async function setContentDays(
  actor: MemberActor,
  { days: contentDays }: ContentDaysInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const { workspaceId: id, workspaceName: name } = actor;
  if (!can(actor, "emails.set_retention")) return fail("not_found", "There is no such workspace.");
  return await transact(async (tx) => {
    const rows = await tx.$queryRaw<{ contentDays: number }[]>`
      SELECT content_days AS "contentDays" FROM workspace WHERE id = ${id} FOR UPDATE`;
    const changes = changesBetween({ contentDays: rows[0]?.contentDays }, { contentDays });
    if (!rows[0] || Object.keys(changes).length === 0) return ok(null);
    await tx.workspace.updateMany({ where: { id }, data: { contentDays } });
    const target = { type: "workspace", id, name } as const;
    const event = { action: "workspace.content_days_changed", target, changes } as const;
    await recordAudit(tx, actor, event, now);
    return ok(null);
  });
}

/** The emails whose content is deleted in one transaction; some have ten megabytes of attachments. */
const BATCH = 200;
/** The most batches of one run, which is half a minute of work; the next one goes on an hour later. */
const BATCHES_MAX = 300;

/**
 * Deletes what emails said that ended longer ago than their workspace keeps it, batch by batch. Several processes may
 * run it at once: each passes over the emails that another has locked.
 */
export async function forgetOldContents(now: Date, batch = BATCH): Promise<void> {
  for (let done = 0; done < BATCHES_MAX; done += 1) {
    if ((await forgetBatch(now, batch)) < batch) return;
  }
}

async function forgetBatch(now: Date, batch: number): Promise<number> {
  return await transact(
    (tx) => tx.$executeRaw`
      WITH outdated AS (
        SELECT oldest.id FROM workspace CROSS JOIN LATERAL (
          SELECT id FROM email
          WHERE workspace_id = workspace.id AND content_gone IS NULL
            AND ended_at <= ${now}::timestamptz - make_interval(days => content_days)
          ORDER BY ended_at LIMIT ${batch} FOR UPDATE SKIP LOCKED) AS oldest
        LIMIT ${batch}),
      files AS (DELETE FROM email_attachment USING outdated WHERE email_id = outdated.id),
      texts AS (DELETE FROM email_content USING outdated WHERE email_id = outdated.id)
      UPDATE email SET content_gone = 'expired' FROM outdated WHERE email.id = outdated.id`,
  );
}
