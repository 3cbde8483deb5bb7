import type { CampaignPageQuery, CampaignsPageQuery } from "@/lib/mail/campaigns/schema";

const PAGE = "/campaigns";
const DEFAULTS: Partial<Record<string, string>> = { environment: "live", status: "all" };

/** The address of the campaigns under `query`, what is empty or the default left out. */
export function campaignsAddress(query: Partial<CampaignsPageQuery>): string {
  return addressOf(PAGE, query);
}

/** The address of one campaign, at a page of its recipients. */
export function campaignAddress(id: string, query: Partial<CampaignPageQuery> = {}): string {
  return addressOf(`${PAGE}/${id}`, query);
}

/** The address where a campaign of this environment is written, as a copy of another if one is named. */
export function newCampaignAddress(environment: string, copy = ""): string {
  return addressOf(`${PAGE}/new`, { environment, copy });
}

function addressOf(path: string, query: Record<string, string | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value && value !== DEFAULTS[name]) parameters.set(name, value);
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}
