import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "@/lib/platform/address-blocks";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";

const WINDOW_SECONDS = (15 * MINUTE_MS) / SECOND_MS;
export const TRIES_PER_ACCOUNT = 10;
export const TRIES_PER_ADDRESS = 100;

/** One try at a password: the account it is for, and the IP address it comes from. */
export type Attempt = { email: string; address: string | null };

/**
 * Counts attempts at passwords in the database, so that a restart forgets none and all processes share one
 * count. Each attempt is counted in one atomic statement before its password is checked. During a block the
 * right password is refused too. A block ends 15 minutes after the first counted attempt.
 */
export class SignInThrottle {
  private readonly accounts = limiter("sign-in:account", TRIES_PER_ACCOUNT);
  private readonly addresses = limiter("sign-in:address", TRIES_PER_ADDRESS);

  /** Counts an attempt. Answers the seconds to wait after too many, else null. */
  async count({ email, address }: Attempt): Promise<number | null> {
    const byAddress = address ? await countOne(this.addresses, networkOf(address)) : null;
    // A blocked address no longer counts against accounts, or it could lock people out of theirs.
    return byAddress ?? (await countOne(this.accounts, email));
  }

  /** After a right password: forgets the account's failures, and takes this attempt back from its address. */
  async forgive({ email, address }: Attempt): Promise<void> {
    await this.accounts.delete(email);
    if (address) await this.addresses.reward(networkOf(address), 1);
  }
}

/**
 * Counts tries of one kind (`name`) in the database: `points` of them within 15 minutes. Shared by all processes,
 * kept over restarts.
 */
export function limiter(name: string, points: number): RateLimiterPrisma {
  return new RateLimiterPrisma({
    storeClient: db(),
    tableName: "rateLimiterFlexible",
    keyPrefix: name,
    points,
    duration: WINDOW_SECONDS,
  });
}

/** Counts one try under `key`, in one statement. Answers the seconds to wait after too many, else null. */
export async function countOne(counter: RateLimiterPrisma, key: string): Promise<number | null> {
  try {
    await counter.consume(key, 1);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / SECOND_MS));
  }
}
