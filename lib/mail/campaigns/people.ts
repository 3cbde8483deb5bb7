import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import { getCampaign } from "@/lib/mail/campaigns/campaigns";
import { countRecipients } from "@/lib/mail/contacts/contacts-in-audience";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";

/** How many people a draft would go to at `now`; 0 where there is no such draft, or no audience any more. */
export async function peopleOfDraft(view: View, id: string, now: Date): Promise<number> {
  const found = await getCampaign(view, id);
  if (!found.ok || found.value.status !== "draft") return 0;
  const { workspaceId } = view;
  const audience = await reader().audience.findFirst({
    where: { id: found.value.audienceId, workspaceId },
    select: audienceSelect,
  });
  return audience ? await countRecipients(reader(), audience, now) : 0;
}
