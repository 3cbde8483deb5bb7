import { z } from "zod";
import type { CampaignRow } from "@/lib/mail/campaigns/campaign-view";
import { getCampaign } from "@/lib/mail/campaigns/campaigns";
import { CAMPAIGN_STATUSES } from "@/lib/mail/campaigns/schema";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/db";
import { ok, type Result } from "@/lib/platform/result";
import type { EmailStatus } from "@/prisma/generated/enums";

/** The time after its start for which a campaign's hours are listed; the totals count all hours. */
const HOURS_MS = 30 * DAY_MS;
/** Links that are listed, those with the most clicks. */
const LINKS_MAX = 100;
const RATE_DIGITS = 10_000;

const count = z.int();
const rate = z.number().nullable();
const uniqueAndTotal = z.strictObject({ unique: count, total: count });

/** What became of a campaign, as the API shows it. */
export const campaignReportJson = z.strictObject({
  object: z.literal("campaign_report"),
  id: z.string(),
  name: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
  /** Emails made: one for each contact of the audience. */
  recipients: count,
  delivered: count,
  bounced: count,
  failed: count,
  suppressed: count,
  /** Those to which nothing of this has happened yet. */
  waiting: count,
  unsubscribes: count,
  opens: uniqueAndTotal,
  clicks: uniqueAndTotal,
  /** Delivery and bounces of all recipients; the others of those delivered. Null where there are none. */
  rates: z.strictObject({
    delivered: rate,
    bounced: rate,
    opened: rate,
    clicked: rate,
    unsubscribed: rate,
  }),
  links: z.array(z.strictObject({ url: z.string(), clicks: count, unique_clicks: count })),
  /** The first thirty days, hour by hour; hours in which nothing happened are left out. */
  hours: z.array(
    z.strictObject({
      hour: z.iso.datetime(),
      delivered: count,
      opens: count,
      unique_opens: count,
      clicks: count,
      unique_clicks: count,
      unsubscribes: count,
    }),
  ),
});
export type CampaignReport = Omit<z.infer<typeof campaignReportJson>, "hours"> & {
  hours: CampaignHour[];
};
export type CampaignHour = Omit<z.infer<typeof campaignReportJson>["hours"][number], "hour"> & {
  hour: Date;
};

type Counts = Partial<Record<EmailStatus, { total: number; firsts: number }>>;

/** The report of a campaign the view shows, from the counts that are raised with every event. */
export async function campaignReport(
  view: View,
  id: string,
): Promise<Result<CampaignReport, "not_found">> {
  const campaign = await getCampaign(view, id);
  return campaign.ok ? ok(await reportOf(campaign.value)) : campaign;
}

async function reportOf(campaign: CampaignRow): Promise<CampaignReport> {
  const totals = await totalsOf(campaign.id);
  const { id, name, status, recipients } = campaign;
  const firsts = (type: EmailStatus) => totals[type]?.firsts ?? 0;
  const both = (type: EmailStatus) => ({ unique: firsts(type), total: totals[type]?.total ?? 0 });
  const delivered = firsts("delivered");
  const [bounced, failed, suppressed] = [firsts("bounced"), firsts("failed"), firsts("suppressed")];
  return {
    object: "campaign_report",
    id,
    name,
    status,
    recipients,
    delivered,
    bounced,
    failed,
    suppressed,
    waiting: Math.max(0, recipients - delivered - bounced - failed - suppressed),
    unsubscribes: firsts("unsubscribed"),
    opens: both("opened"),
    clicks: both("clicked"),
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

async function totalsOf(campaignId: string): Promise<Counts> {
  const groups = await db.campaignHour.groupBy({
    by: ["type"],
    where: { campaignId },
    _sum: { total: true, firsts: true },
  });
  return Object.fromEntries(
    groups.map(({ type, _sum }) => [type, { total: _sum.total ?? 0, firsts: _sum.firsts ?? 0 }]),
  );
}

async function linksOf(campaignId: string): Promise<CampaignReport["links"]> {
  const links = await db.campaignLink.findMany({
    where: { campaignId },
    orderBy: [{ clicks: "desc" }, { urlHash: "asc" }],
    take: LINKS_MAX,
    select: { url: true, clicks: true, uniqueClicks: true },
  });
  return links.map(({ url, clicks, uniqueClicks }) => ({
    url,
    clicks,
    unique_clicks: uniqueClicks,
  }));
}

/** One row an hour: read one by one, the counts of a month cost more than all the rest of the report. */
async function hoursOf({ id, startedAt }: CampaignRow): Promise<CampaignHour[]> {
  if (!startedAt) return [];
  const from = startOf(startedAt, HOUR_MS);
  return await db.$queryRaw<CampaignHour[]>`
    SELECT hour,
           COALESCE(sum(firsts) FILTER (WHERE type = 'delivered'), 0)::int AS delivered,
           COALESCE(sum(total) FILTER (WHERE type = 'opened'), 0)::int AS opens,
           COALESCE(sum(firsts) FILTER (WHERE type = 'opened'), 0)::int AS unique_opens,
           COALESCE(sum(total) FILTER (WHERE type = 'clicked'), 0)::int AS clicks,
           COALESCE(sum(firsts) FILTER (WHERE type = 'clicked'), 0)::int AS unique_clicks,
           COALESCE(sum(firsts) FILTER (WHERE type = 'unsubscribed'), 0)::int AS unsubscribes
    FROM campaign_hour
    WHERE campaign_id = ${id} AND hour >= ${from} AND hour < ${later(from, HOURS_MS)}
    GROUP BY hour ORDER BY hour`;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * RATE_DIGITS) / RATE_DIGITS;
}
