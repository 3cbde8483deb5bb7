import { windowOf } from "@/lib/access/api-keys/key/budgets";
import { transact } from "@/lib/platform/database/unit-of-work";

/** Keeps the number of people that a key's campaign counts for, until the day of its start is over. */
export async function keepCharge(
  campaignId: string,
  { keyId }: { keyId: string },
  recipients: number,
  startedAt: Date,
): Promise<void> {
  await transact((tx) =>
    tx.campaignCharge.create({ data: { campaignId, keyId, startedAt, recipients } }),
  );
}

/** Takes back, once, what a campaign that wrote to nobody counts for. Does nothing where it counts no more. */
export async function giveBackCharge(campaignId: string): Promise<void> {
  await transact(async (tx) => {
    const charge = await tx.campaignCharge.findUnique({ where: { campaignId } });
    const { count } = await tx.campaignCharge.deleteMany({ where: { campaignId } });
    if (!charge || count === 0) return;
    const { keyId, startedAt, recipients } = charge;
    const { since: hour } = windowOf("recipientsPerHour", startedAt);
    const { since: day } = windowOf("recipientsPerDay", startedAt);
    await tx.$executeRaw`
      UPDATE budget_use SET used = greatest(used - ${recipients}, 0)
      WHERE key_id = ${keyId} AND (budget, since) IN
        (('recipientsPerHour', ${hour}::timestamptz), ('recipientsPerDay', ${day}::timestamptz))`;
  });
}
