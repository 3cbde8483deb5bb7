import { countPastUse, type RouteScopes } from "@/lib/access/activity/recording/count-past-use";
import { COUNTING_BEGAN } from "@/lib/access/budgets/habit";
import { moveToOneForm } from "@/lib/mail/emails/move-to-one-form";
import { doOnce } from "@/lib/platform/database/one-time-work";

/**
 * Brings data that earlier versions stored to the form this one keeps, once, before anybody is let in. `routes` loads
 * those of the API, for the one start that needs them.
 */
export async function upgradeData(
  routes: () => Promise<readonly RouteScopes[]>,
  at: Date,
): Promise<void> {
  await doOnce("one form of international domains", (tx) => moveToOneForm(tx, at), at);
  await doOnce(
    "calls by route and address",
    async (tx) => countPastUse(tx, await routes(), at),
    at,
  );
  await doOnce(COUNTING_BEGAN, async () => {}, at);
}
