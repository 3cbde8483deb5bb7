import { FairTurns } from "@/lib/platform/fair-turns";
import { processWide } from "@/lib/platform/process-wide";
import { giveBackTexts } from "@/lib/platform/thrifty-heap";

/** Bytes of attachments in memory at a time, over all emails; each takes several times its size on its way out. */
const BYTES_AT_A_TIME = 4 * 1_048_576;
/** Bytes of attachments from which on the memory for them is given back at once. */
const LARGE_BYTES = 1_048_576;

/**
 * Runs `work`, which composes an email with attachments of `bytes`, once there is room for them. Workspaces take
 * turns, and an email larger than all the room has it to itself.
 */
export async function inTurnForAttachments<T>(
  workspaceId: string,
  bytes: number,
  work: () => Promise<T>,
): Promise<T> {
  const amount = Math.min(bytes, BYTES_AT_A_TIME);
  return await turns().take(workspaceId, amount, async () => {
    try {
      return await work();
    } finally {
      if (bytes >= LARGE_BYTES) await giveBackTexts();
    }
  });
}

function turns(): FairTurns {
  return processWide("attachment-turns", () => new FairTurns(BYTES_AT_A_TIME));
}
