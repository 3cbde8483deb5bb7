import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import type { TemplateEvents } from "@/lib/mail/events/template-events";
import type { Variables } from "@/lib/mail/templates/render-limits";
import { unsubscribeUrl } from "@/lib/mail/tracking/signed-links";

type Person = Pick<ContactRow, "id" | "email" | "firstName" | "lastName" | "properties">;

/** The variables of a campaign's message for one recipient. */
export function messageVariables(
  { id, email, firstName, lastName, properties }: Person,
  events: TemplateEvents,
  emailId: string,
): Variables {
  return {
    contact: { id, email, first_name: firstName, last_name: lastName, properties },
    events,
    unsubscribe_url: unsubscribeUrl(emailId),
  };
}
