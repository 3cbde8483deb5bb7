import { createHash } from "node:crypto";
import type { RecordedEmailEvent } from "@/lib/mail/emails/email-events";
import { HOUR_MS, startOf } from "@/lib/platform/clock";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

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
  const given = events.map(({ campaignId, type, at, first, detail }) => {
    const kept = first && detail.captured !== undefined;
    return { campaignId, hour: startOf(at, HOUR_MS), type, first, kept };
  });
  await thinQuery(
    tx,
    Prisma.sql`
    INSERT INTO campaign_hour AS known (campaign_id, hour, type, total, firsts, kept)
    SELECT "campaignId", hour, type, count(*), count(*) FILTER (WHERE first),
           count(*) FILTER (WHERE kept)
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given ("campaignId" text, hour timestamptz, type "EmailStatus", first boolean,
                  kept boolean)
    GROUP BY "campaignId", hour, type
    ORDER BY "campaignId", hour, type
    ON CONFLICT (campaign_id, hour, type) DO UPDATE
      SET total = known.total + EXCLUDED.total, firsts = known.firsts + EXCLUDED.firsts,
          kept = known.kept + EXCLUDED.kept`,
  );
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

/**
 * Lowers the counts by readings that are no people's after all. `newFirsts` are the events that became the first
 * of their email and type in place of one of them.
 */
export async function takeBackCounts(
  tx: Transaction,
  taken: readonly RecordedEmailEvent[],
  newFirsts: readonly RecordedEmailEvent[],
): Promise<void> {
  const campaignId = taken[0]?.campaignId;
  const emailId = taken[0]?.emailId ?? "";
  if (!campaignId) return;
  const changes = [
    ...taken.map(({ type, at, first }) => ({ type, at, total: -1, firsts: first ? -1 : 0 })),
    ...newFirsts.map(({ type, at }) => ({ type, at, total: 0, firsts: 1 })),
  ].map(({ at, ...change }) => ({ ...change, hour: startOf(at, HOUR_MS) }));
  await tx.$executeRaw`
    UPDATE campaign_hour AS known
    SET total = known.total + change.total, firsts = known.firsts + change.firsts
    FROM (
      SELECT hour, type, sum(total)::int AS total, sum(firsts)::int AS firsts
      FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        AS given (hour timestamptz, type "EmailStatus", total int, firsts int)
      GROUP BY hour, type) AS change
    WHERE known.campaign_id = ${campaignId} AND known.hour = change.hour AND known.type = change.type`;
  const urls = taken.flatMap(({ detail: { url } }) => (url ? [linkHash(url)] : []));
  await tx.$executeRaw`
    WITH taken AS (
      SELECT hash, count(*)::int AS clicks FROM unnest(${urls}::text[]) AS given (hash) GROUP BY hash),
    followed AS (
      SELECT DISTINCT encode(sha256(convert_to(detail ->> 'url', 'UTF8')), 'hex') AS hash
      FROM email_event WHERE email_id = ${emailId} AND type = 'clicked'),
    forgotten AS (
      DELETE FROM email_link_click USING taken
      WHERE email_link_click.email_id = ${emailId} AND email_link_click.url_hash = taken.hash
        AND taken.hash NOT IN (SELECT hash FROM followed)
      RETURNING url_hash)
    UPDATE campaign_link AS known
    SET clicks = known.clicks - taken.clicks,
        unique_clicks = known.unique_clicks
          - CASE WHEN taken.hash IN (SELECT url_hash FROM forgotten) THEN 1 ELSE 0 END
    FROM taken WHERE known.campaign_id = ${campaignId} AND known.url_hash = taken.hash`;
}

/** The key of a link: hex SHA-256 of its URL. */
export function linkHash(url: string): string {
  return createHash("sha256").update(url).digest("hex");
}
