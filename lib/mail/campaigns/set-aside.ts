import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import type { SetAsideFor } from "@/prisma/generated/enums";

/**
 * Gives up sending a campaign: what is made goes out, no more is made, and its page says why. A campaign that was
 * canceled or sent meanwhile stays as it is.
 */
export async function setAsideWithin(
  tx: Transaction,
  id: string,
  why: SetAsideFor,
  now: Date,
): Promise<void> {
  const { count } = await tx.campaign.updateMany({
    where: { id, status: { in: ["scheduled", "sending"] } },
    data: { status: "canceled", setAsideFor: why, finishedAt: now, updatedAt: now },
  });
  if (count > 0) log.warn({ campaignId: id, why }, "a campaign was set aside");
}

/** Gives up sending a campaign under which the process died again and again. */
export async function setAsideCampaign(id: string, now: Date): Promise<void> {
  await transact((tx) => setAsideWithin(tx, id, "crashes", now));
}
