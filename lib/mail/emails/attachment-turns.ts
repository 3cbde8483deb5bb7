import { thinQuery } from "@/lib/platform/database/thin-query";
import { reader } from "@/lib/platform/database/unit-of-work";
import { FairTurns } from "@/lib/platform/fair-turns";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { giveBackTexts } from "@/lib/platform/thrifty-heap";
import { Prisma } from "@/prisma/generated/client";

/** Bytes of attachments from which on an email waits for its turn. */
const LARGE_BYTES = 1_048_576;
/** One large email is in memory at a time: it may take a hundred megabytes on its way out. */
const AT_A_TIME = 1;
/** The most emails whose sizes one statement reads. */
const TOGETHER_MAX = 100;

type Size = { workspaceId: string; bytes: number };

/** Runs `work`, which composes this email. One with large attachments waits for its turn; workspaces take turns. */
export async function inTurnForAttachments<T>(emailId: string, work: () => Promise<T>): Promise<T> {
  const size = await sizes().add("", emailId);
  if (!size || size.bytes < LARGE_BYTES) return await work();
  return await turns().take(size.workspaceId, 1, async () => {
    try {
      return await work();
    } finally {
      await giveBackTexts();
    }
  });
}

function sizes(): Folding<string, Size | undefined> {
  return processWide(
    "attachment-sizes",
    () => new Folding({ work: readSizes, fits: () => true, max: TOGETHER_MAX }),
  );
}

async function readSizes(emailIds: readonly string[]): Promise<(Size | undefined)[]> {
  const rows = await thinQuery<Size & { id: string }>(
    reader(),
    Prisma.sql`
      SELECT email.id, workspace_id AS "workspaceId", coalesce(sum(octet_length(content)), 0)::int AS bytes
      FROM email LEFT JOIN email_attachment ON email_id = email.id
      WHERE email.id = ANY(${[...emailIds]}::text[]) GROUP BY email.id`,
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return emailIds.map((id) => found.get(id));
}

function turns(): FairTurns {
  return processWide("attachment-turns", () => new FairTurns(AT_A_TIME));
}
