import { listPage, pageUrl } from "@/components/ui/list-page";
import {
  type CampaignPageQuery,
  campaignPageQuery,
  campaignsPageQuery,
  newCampaignPageQuery,
} from "@/lib/mail/campaigns/schema";
import type { Environment } from "@/prisma/generated/enums";

const PATH = "/campaigns";

export const campaignsList = listPage({
  path: PATH,
  schema: campaignsPageQuery,
  kept: ["environment"],
  filters: ["status"],
});

/** The page of one campaign, at a page of its recipients. */
export function campaignUrl(id: string, query: Partial<CampaignPageQuery> = {}): string {
  return pageUrl(`${PATH}/${id}`, campaignPageQuery, query);
}

/** The page that makes a campaign, as a copy of another if one is named. */
export function newCampaignUrl(environment: Environment, copy = ""): string {
  return pageUrl(`${PATH}/new`, newCampaignPageQuery, { environment, copy });
}
