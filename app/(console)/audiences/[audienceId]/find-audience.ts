import { notFound } from "next/navigation";
import { cache } from "react";
import { getAudienceDetails } from "@/lib/mail/audiences/audience-details";
import { requireActor } from "@/lib/people/auth/session";

/** The audience of this page's URL and who looks at it, read once per request. */
export const findAudience = cache(async (audienceId: string) => {
  const actor = await requireActor();
  const found = await getAudienceDetails(actor, audienceId);
  if (!found.ok) notFound();
  return { actor, audience: found.value };
});
