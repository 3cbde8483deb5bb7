import type { Transaction } from "@/lib/platform/database/unit-of-work";

/** Deletes what emails said that have ended, of those that nobody may read. Emails still to go out keep it. */
export async function deleteHiddenContents(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    WITH ended AS (
      SELECT id FROM email
      WHERE id = ANY(${[...ids]}::text[]) AND content_gone IS NOT NULL AND ended_at IS NOT NULL),
    files AS (DELETE FROM email_attachment USING ended WHERE email_id = ended.id)
    DELETE FROM email_content USING ended WHERE email_id = ended.id`;
}
