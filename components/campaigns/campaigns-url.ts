import { listPage, pageUrl } from "@/components/ui/list-page";
import type { CampaignPageQuery, CampaignsPageQuery } from "@/lib/mail/campaigns/schema";
import type { Environment } from "@/prisma/generated/enums";

const PATH = "/campaigns";
const PLAIN: CampaignsPageQuery = { environment: "live", status: "all" };

export const campaignsList = listPage({
  path: PATH,
  plain: PLAIN,
  kept: ["environment"],
  filters: ["status"],
});

/** The page of one campaign, at a page of its recipients. */
export function campaignUrl(id: string, query: Partial<CampaignPageQuery> = {}): string {
  return pageUrl(`${PATH}/${id}`, { status: "all" }, query);
}

/** The page that makes a campaign, as a copy of another if one is named. */
export function newCampaignUrl(environment: Environment, copy = ""): string {
  return pageUrl(`${PATH}/new`, { environment: "live", copy: "" }, { environment, copy });
}
