import type { HandOver } from "@/lib/mail/emails/mail-server";
import { processWide } from "@/lib/platform/process-wide";

/** The hand-overs of this process so far, by their outcome. */
export type HandOverCounts = Record<HandOver["outcome"], number>;

/** The counts of this process, which whoever hands over adds to. */
export function handOverCounts(): HandOverCounts {
  return processWide("hand-over-counts", () => ({
    accepted: 0,
    refused: 0,
    rejected: 0,
    unavailable: 0,
  }));
}
