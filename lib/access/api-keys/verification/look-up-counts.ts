import { processWide } from "@/lib/platform/process-wide";

/**
 * The look-ups of secrets in this process so far. `hit`: memory knew. `miss`: the database was asked. `failed`: it could
 * not say.
 */
export type LookUpCounts = { hit: number; miss: number; failed: number };

/** The counts of this process, which whoever looks up adds to. */
export function lookUpCounts(): LookUpCounts {
  return processWide("key-look-up-counts", () => ({ hit: 0, miss: 0, failed: 0 }));
}
