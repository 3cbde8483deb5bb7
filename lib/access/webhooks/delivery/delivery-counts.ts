import { processWide } from "@/lib/platform/process-wide";

/** The tries of this process so far, by what came of them. */
export type DeliveryCounts = { arrived: number; failed: number };

/** The counts of this process, which whoever sends adds to. */
export function deliveryCounts(): DeliveryCounts {
  return processWide("webhook-delivery-counts", () => ({ arrived: 0, failed: 0 }));
}
