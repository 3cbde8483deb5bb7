import type { ReactNode } from "react";
import { findCampaign } from "./find-campaign";

type Props = { params: Promise<{ campaignId: string }>; children: ReactNode };

/** Looks for the campaign before anything is sent, so that one that does not exist answers 404. */
export default async function CampaignLayout({ params, children }: Props) {
  await findCampaign((await params).campaignId);
  return children;
}
