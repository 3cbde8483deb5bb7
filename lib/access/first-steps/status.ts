import type { RecentRequest } from "@/lib/access/activity/reading/usage";
import type { AddressUse } from "@/lib/access/findings/kind/facts";

/** A key that works from anywhere, and the few IP addresses that all its calls came from. */
export type LimitOffer = {
  key: { id: string; name: string; ownerName: string };
  addresses: readonly AddressUse[];
};

/** The state of each step: the facts that are shown where it is done, else what is missing. */
export type FirstSteps = {
  key: { name: string; createdAt: Date } | null;
  call: RecentRequest | null;
  limit: { limitedKey: string } | { offer: LimitOffer | null };
  told: { by: "mail" | "webhook" } | { missing: "mail_server" | "choice" };
  secondFactor: boolean;
};

/** The number of steps. */
export const STEPS = 5;

/** The number of steps that are done. */
export function stepsDone({ key, call, limit, told, secondFactor }: FirstSteps): number {
  const done = [key !== null, call !== null, "limitedKey" in limit, "by" in told, secondFactor];
  return done.filter(Boolean).length;
}
