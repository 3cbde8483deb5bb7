import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import type { Standing } from "@/lib/people/auth/known-browsers";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { networkOf } from "@/lib/platform/address-blocks";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";

const WINDOW_MS = 15 * MINUTE_MS;

/** Wrong passwords for one account that one place may give: a network, or a browser that the account knows. */
export const TRIES_PER_PLACE = 10;
/** Wrong passwords for one account from everywhere, after which places that the account does not know must wait. */
export const TRIES_PER_ACCOUNT = 50;
/** Wrong passwords for all accounts together that one network may give. */
export const TRIES_PER_ADDRESS = 100;
/** Wrong passwords for one account after which its owner is told. */
export const GUESSES_BEFORE_MAIL = 10;

/** One try at a password: the account it is for, the place it comes from, and what the account knows of that. */
export type Attempt = {
  email: string;
  request: Pick<RequestFacts, "address" | "browserHash">;
  standing: Standing;
};

/** Either the seconds to wait, or how many tries at the account places other than its known browsers have made. */
export type Counted = { wait: number; tries: null } | { wait: null; tries: number };

/**
 * Counts attempts at passwords in the database, so that a restart forgets none and all processes share one
 * count. Each attempt is counted in one atomic statement before its password is checked. During a block the
 * right password is refused too. A block ends 15 minutes after the first counted attempt.
 *
 * Nobody can lock the owner of an account out by guessing: a browser or network that the account knows has a
 * count of its own, which strangers do not raise. A block of a place counts nowhere else for the same reason.
 */
export class SignInThrottle {
  private readonly places = limiter("sign-in:place", TRIES_PER_PLACE);
  private readonly accounts = limiter("sign-in:account", TRIES_PER_ACCOUNT);
  private readonly addresses = limiter("sign-in:address", TRIES_PER_ADDRESS);

  /** Counts an attempt. */
  async count(attempt: Attempt): Promise<Counted> {
    const { email, request, standing } = attempt;
    // A known browser's cookie cannot be guessed, so what others do in its network does not concern it.
    if (standing === "browser") return orNoTries(await countOne(this.places, placeOf(attempt)));
    const refused =
      (request.address && (await countOne(this.addresses, networkOf(request.address)))) ||
      (await countOne(this.places, placeOf(attempt)));
    if (refused) return { wait: refused, tries: null };
    const { wait, tries } = await countTry(this.accounts, email);
    return wait !== null && standing === "stranger" ? { wait, tries: null } : { wait: null, tries };
  }

  /** After a right password: forgets the place's failures, and takes this attempt back from the other counts. */
  async forgive(attempt: Attempt): Promise<void> {
    const { email, request, standing } = attempt;
    await this.places.delete(placeOf(attempt));
    if (standing === "browser") return;
    await this.accounts.reward(email, 1);
    if (request.address) await this.addresses.reward(networkOf(request.address), 1);
  }
}

/**
 * Counts tries of one kind (`name`) in the database: `points` of them within 15 minutes, or within `windowMs`.
 * Shared by all processes, kept over restarts.
 */
export function limiter(name: string, points: number, windowMs = WINDOW_MS): RateLimiterPrisma {
  return new RateLimiterPrisma({
    storeClient: db(),
    tableName: "rateLimiterFlexible",
    keyPrefix: name,
    points,
    duration: windowMs / SECOND_MS,
  });
}

/** Counts one try under `key`, in one statement. Answers the seconds to wait after too many, else null. */
export async function countOne(counter: RateLimiterPrisma, key: string): Promise<number | null> {
  return (await countTry(counter, key)).wait;
}

async function countTry(counter: RateLimiterPrisma, key: string) {
  try {
    return { wait: null, tries: (await counter.consume(key, 1)).consumedPoints };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const wait = Math.max(1, Math.ceil(refused.msBeforeNext / SECOND_MS));
    return { wait, tries: refused.consumedPoints };
  }
}

function placeOf({ email, request, standing }: Attempt): string {
  const { address, browserHash } = request;
  if (standing === "browser") return `${email} ${browserHash}`;
  return `${email} ${address ? networkOf(address) : "unknown"}`;
}

function orNoTries(wait: number | null): Counted {
  return wait === null ? { wait, tries: 0 } : { wait, tries: null };
}
