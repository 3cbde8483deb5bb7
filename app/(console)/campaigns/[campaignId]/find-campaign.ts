import { notFound } from "next/navigation";
import { cache } from "react";
import { getMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

/** The campaign of this page's URL and who looks at it, read once per request. */
export const findCampaign = cache(async (id: string) => {
  const actor = await requireActor();
  const at = now();
  const found = await getMemberCampaign(actor, { id }, at);
  if (!found.ok) notFound();
  return { actor, campaign: found.value, at };
});
