import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "@/lib/platform/address-blocks";
import { HOUR_MS, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { processWide } from "@/lib/platform/process-wide";

/** The workspaces that people of one network may ask for in an hour, where an operator leaves sign-up open. */
export const SIGN_UPS_AN_HOUR = 100;

/**
 * Counts a sign-up before its password is hashed, in the database, as tries to sign in are counted. Returns the
 * seconds to wait after too many, else null. Without an address nobody can be told apart, so all count together.
 */
export async function countSignUp(address: string | null): Promise<number | null> {
  try {
    await limiter().consume(networkOf(address ?? "unknown"));
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / SECOND_MS));
  }
}

function limiter(): RateLimiterPrisma {
  return processWide(
    "sign-up-throttle",
    () =>
      new RateLimiterPrisma({
        storeClient: db(),
        tableName: "rateLimiterFlexible",
        keyPrefix: "sign-up:address",
        points: SIGN_UPS_AN_HOUR,
        duration: HOUR_MS / SECOND_MS,
      }),
  );
}
