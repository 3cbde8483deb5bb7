import type { CampaignRow } from "@/lib/mail/campaigns/campaign-row";
import { getCampaign } from "@/lib/mail/campaigns/campaigns";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";
import type { CampaignStatus, EmailStatus } from "@/prisma/generated/enums";

/** The time after a campaign's start whose hours are listed; the totals count all hours. */
const HOURS_MS = 30 * DAY_MS;
/** The most links that are listed, those with the most clicks. */
const LINKS_MAX = 100;
const RATE_DIGITS = 10_000;

type UniqueAndTotal = { unique: number; total: number };
type Rate = number | null;

/** The outcome of a campaign, counted over its emails. */
export type CampaignReport = {
  id: string;
  name: string;
  status: CampaignStatus;
  /** The emails made, one for each contact of the audience. */
  recipients: number;
  delivered: number;
  /** Those of the delivered that stayed on this machine, in the Outbox. */
  kept: number;
  bounced: number;
  failed: number;
  suppressed: number;
  /** Those that did not go out since their contacts were deleted before. */
  canceled: number;
  /** The emails that are none of these yet. */
  waiting: number;
  unsubscribes: number;
  opens: UniqueAndTotal;
  clicks: UniqueAndTotal;
  /** Pictures that mail services loaded and links that scanners checked. They are in no other number here. */
  machines: { opens: number; clicks: number };
  /** The parts of all recipients (delivered, bounced) or of the delivered (the others); null of none. */
  rates: { delivered: Rate; bounced: Rate; opened: Rate; clicked: Rate; unsubscribed: Rate };
  links: { url: string; clicks: number; uniqueClicks: number }[];
  /** The first thirty days, hour by hour; hours in which nothing happened are left out. */
  hours: CampaignHour[];
};

/** The counts of one hour; `hour` is its beginning. */
export type CampaignHour = {
  hour: Date;
  delivered: number;
  /** Those of the delivered that stayed on this machine. */
  kept: number;
  opens: number;
  uniqueOpens: number;
  clicks: number;
  uniqueClicks: number;
  unsubscribes: number;
};

type Count = { total: number; firsts: number; kept: number };
type Counts = Partial<Record<EmailStatus, Count>>;

/** The report of a campaign the view shows, made from the counts that every email event raises. */
export async function campaignReport(
  view: View,
  id: string,
): Promise<Result<CampaignReport, "not_found">> {
  const campaign = await getCampaign(view, id);
  return campaign.ok ? ok(await reportOf(campaign.value)) : campaign;
}

async function reportOf(campaign: CampaignRow): Promise<CampaignReport> {
  const { id, name, status } = campaign;
  const { recipients, totals } = await countsOf(id);
  const firsts = (type: EmailStatus) => totals[type]?.firsts ?? 0;
  const both = (type: EmailStatus) => ({ unique: firsts(type), total: totals[type]?.total ?? 0 });
  const delivered = firsts("delivered");
  const [bounced, failed, suppressed] = [firsts("bounced"), firsts("failed"), firsts("suppressed")];
  const canceled = firsts("canceled");
  const settled = delivered + bounced + failed + suppressed + canceled;
  return {
    id,
    name,
    status,
    recipients,
    delivered,
    kept: totals.delivered?.kept ?? 0,
    bounced,
    failed,
    suppressed,
    canceled,
    waiting: Math.max(0, recipients - settled),
    unsubscribes: firsts("unsubscribed"),
    opens: both("opened"),
    clicks: both("clicked"),
    machines: { opens: both("fetched").total, clicks: both("scanned").total },
    rates: {
      delivered: share(delivered, recipients),
      bounced: share(bounced, recipients),
      opened: share(firsts("opened"), delivered),
      clicked: share(firsts("clicked"), delivered),
      unsubscribed: share(firsts("unsubscribed"), delivered),
    },
    links: await linksOf(id),
    hours: await hoursOf(campaign),
  };
}

/** The number of emails and the counts of their events, as of one instant, so that they add up while they rise. */
async function countsOf(campaignId: string): Promise<{ recipients: number; totals: Counts }> {
  type Row = { recipients: number; type: EmailStatus | null } & Count;
  const rows = await reader().$queryRaw<Row[]>`
    SELECT campaign.recipients, hour.type::text AS type,
           COALESCE(sum(hour.total), 0)::int AS total, COALESCE(sum(hour.firsts), 0)::int AS firsts,
           COALESCE(sum(hour.kept), 0)::int AS kept
    FROM campaign LEFT JOIN campaign_hour AS hour ON hour.campaign_id = campaign.id
    WHERE campaign.id = ${campaignId} GROUP BY campaign.id, hour.type`;
  const counted = rows.flatMap(({ type, recipients: _, ...count }) =>
    type ? [[type, count] as const] : [],
  );
  return { recipients: rows[0]?.recipients ?? 0, totals: Object.fromEntries(counted) };
}

async function linksOf(campaignId: string): Promise<CampaignReport["links"]> {
  return await reader().campaignLink.findMany({
    where: { campaignId },
    orderBy: [{ clicks: "desc" }, { urlHash: "asc" }],
    take: LINKS_MAX,
    select: { url: true, clicks: true, uniqueClicks: true },
  });
}

/** Reads one row an hour. Postgres adds the counts up, since a month of them costs more than the rest of the report. */
async function hoursOf({ id, startedAt }: CampaignRow): Promise<CampaignHour[]> {
  if (!startedAt) return [];
  const from = startOf(startedAt, HOUR_MS);
  return await reader().$queryRaw<CampaignHour[]>`
    SELECT hour,
           COALESCE(sum(firsts) FILTER (WHERE type = 'delivered'), 0)::int AS delivered,
           COALESCE(sum(kept) FILTER (WHERE type = 'delivered'), 0)::int AS kept,
           COALESCE(sum(total) FILTER (WHERE type = 'opened'), 0)::int AS opens,
           COALESCE(sum(firsts) FILTER (WHERE type = 'opened'), 0)::int AS "uniqueOpens",
           COALESCE(sum(total) FILTER (WHERE type = 'clicked'), 0)::int AS clicks,
           COALESCE(sum(firsts) FILTER (WHERE type = 'clicked'), 0)::int AS "uniqueClicks",
           COALESCE(sum(firsts) FILTER (WHERE type = 'unsubscribed'), 0)::int AS unsubscribes
    FROM campaign_hour
    WHERE campaign_id = ${id} AND hour >= ${from} AND hour < ${later(from, HOURS_MS)}
    GROUP BY hour ORDER BY hour`;
}

/** A part of a whole, from 0 to 1 with a few digits; null of none. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * RATE_DIGITS) / RATE_DIGITS;
}
