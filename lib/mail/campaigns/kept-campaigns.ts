import { reader } from "@/lib/platform/database/unit-of-work";

/** Those of the campaigns whose emails went no further than the Outbox: some were kept there, and none delivered. */
export async function keptCampaigns(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await reader().$queryRaw<{ id: string }[]>`
    SELECT campaign_id AS id FROM campaign_hour
    WHERE campaign_id = ANY(${[...ids]}) AND type = 'delivered'
    GROUP BY campaign_id HAVING sum(kept) > 0 AND sum(kept) = sum(firsts)`;
  return new Set(rows.map(({ id }) => id));
}
