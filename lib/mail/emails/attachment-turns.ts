import { reader } from "@/lib/platform/database/unit-of-work";
import { FairTurns } from "@/lib/platform/fair-turns";
import { processWide } from "@/lib/platform/process-wide";
import { giveBackTexts } from "@/lib/platform/thrifty-heap";

/** Bytes of attachments from which on an email waits for its turn. */
const LARGE_BYTES = 1_048_576;
/** One large email is in memory at a time: it may take a hundred megabytes on its way out. */
const AT_A_TIME = 1;

type Size = { workspaceId: string; bytes: number };

/** Runs `work`, which composes this email. One with large attachments waits for its turn; workspaces take turns. */
export async function inTurnForAttachments<T>(emailId: string, work: () => Promise<T>): Promise<T> {
  const [size] = await reader().$queryRaw<Size[]>`
    SELECT workspace_id AS "workspaceId", coalesce(sum(octet_length(content)), 0)::int AS bytes
    FROM email LEFT JOIN email_attachment ON email_id = email.id
    WHERE email.id = ${emailId} GROUP BY email.id`;
  if (!size || size.bytes < LARGE_BYTES) return await work();
  return await turns().take(size.workspaceId, 1, async () => {
    try {
      return await work();
    } finally {
      await giveBackTexts();
    }
  });
}

function turns(): FairTurns {
  return processWide("attachment-turns", () => new FairTurns(AT_A_TIME));
}
