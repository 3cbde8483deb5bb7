import { createHash } from "node:crypto";
import type { RecordedEmailEvent } from "@/lib/mail/emails/email-events";
import { HOUR_MS, startOf } from "@/lib/platform/clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

type CampaignEvent = RecordedEmailEvent & { campaignId: string };

/**
 * Raises the counts of the campaigns that these email events belong to: by hour and type, and by link. Rows
 * are written in the order of their keys, so that two transactions never deadlock.
 */
export async function countForCampaigns(
  tx: Transaction,
  events: readonly RecordedEmailEvent[],
): Promise<void> {
  const counted = events.filter((event): event is CampaignEvent => event.campaignId !== null);
  if (counted.length === 0) return;
  await countHours(tx, counted);
  await countLinks(tx, counted);
}

async function countHours(tx: Transaction, events: readonly CampaignEvent[]): Promise<void> {
  const given = events.map(({ campaignId, type, at, first }) => {
    return { campaignId, hour: startOf(at, HOUR_MS), type, first };
  });
  await tx.$executeRaw`
    INSERT INTO campaign_hour AS known (campaign_id, hour, type, total, firsts)
    SELECT "campaignId", hour, type, count(*), count(*) FILTER (WHERE first)
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given ("campaignId" text, hour timestamptz, type "EmailStatus", first boolean)
    GROUP BY "campaignId", hour, type
    ORDER BY "campaignId", hour, type
    ON CONFLICT (campaign_id, hour, type) DO UPDATE
      SET total = known.total + EXCLUDED.total, firsts = known.firsts + EXCLUDED.firsts`;
}

async function countLinks(tx: Transaction, events: readonly CampaignEvent[]): Promise<void> {
  const clicks = events.flatMap(({ campaignId, emailId, type, detail: { url } }) =>
    type === "clicked" && url ? [{ campaignId, emailId, url, hash: linkHash(url) }] : [],
  );
  if (clicks.length === 0) return;
  const given = JSON.stringify(clicks);
  await tx.$executeRaw`
    WITH clicks AS (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb)
        AS given ("campaignId" text, "emailId" text, url text, hash text)),
    fresh AS (
      INSERT INTO email_link_click (email_id, url_hash)
      SELECT DISTINCT "emailId", hash FROM clicks ORDER BY "emailId", hash
      ON CONFLICT DO NOTHING RETURNING email_id, url_hash)
    INSERT INTO campaign_link AS known (campaign_id, url_hash, url, clicks, unique_clicks)
    SELECT "campaignId", hash, min(url), count(*),
           count(DISTINCT "emailId") FILTER (WHERE EXISTS (
             SELECT FROM fresh WHERE fresh.email_id = "emailId" AND fresh.url_hash = hash))
    FROM clicks GROUP BY "campaignId", hash ORDER BY "campaignId", hash
    ON CONFLICT (campaign_id, url_hash) DO UPDATE
      SET clicks = known.clicks + EXCLUDED.clicks,
          unique_clicks = known.unique_clicks + EXCLUDED.unique_clicks`;
}

/** The key of a link: hex SHA-256 of its URL. */
export function linkHash(url: string): string {
  return createHash("sha256").update(url).digest("hex");
}
