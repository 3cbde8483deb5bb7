import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "@/lib/platform/address-blocks";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/db";

const WINDOW_SECONDS = (15 * MINUTE_MS) / SECOND_MS;
export const TRIES_PER_ACCOUNT = 10;
export const TRIES_PER_ADDRESS = 100;

/** How a password may be tried: by whom it is claimed to be, and from where. */
export type Attempt = { email: string; address: string | null };

/**
 * Counts attempts at passwords in the database, so that neither a restart nor a second process forgets
 * them. Each attempt is counted before its password is looked at, in one atomic statement, and during a
 * block the right password is refused too. A block ends 15 minutes after the first counted attempt.
 */
export class SignInThrottle {
  private readonly accounts = limiter("account", TRIES_PER_ACCOUNT);
  private readonly addresses = limiter("address", TRIES_PER_ADDRESS);

  /** Counts an attempt. Answers the seconds to wait when there were too many, else null. */
  async count({ email, address }: Attempt): Promise<number | null> {
    const byAddress = address ? await countOne(this.addresses, networkOf(address)) : null;
    // A blocked address is not heard at all, or it could go on to lock people out of their accounts.
    return byAddress ?? (await countOne(this.accounts, email));
  }

  /** Forgets the account's failures, and takes the attempt back from its address, after a right password. */
  async forgive({ email, address }: Attempt): Promise<void> {
    await this.accounts.delete(email);
    if (address) await this.addresses.reward(networkOf(address), 1);
  }
}

function limiter(name: string, points: number): RateLimiterPrisma {
  return new RateLimiterPrisma({
    storeClient: db,
    tableName: "rateLimiterFlexible",
    keyPrefix: `sign-in:${name}`,
    points,
    duration: WINDOW_SECONDS,
  });
}

async function countOne(counter: RateLimiterPrisma, key: string): Promise<number | null> {
  try {
    await counter.consume(key, 1);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / SECOND_MS));
  }
}
