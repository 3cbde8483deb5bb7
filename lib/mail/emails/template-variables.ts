import { emailIn } from "@/lib/mail/address/mailbox";
import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-row";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { SendEmailInput } from "@/lib/mail/emails/schema";
import { type TemplateEvents, templateEventsOf } from "@/lib/mail/events/template-events";
import type { Variables } from "@/lib/mail/templates/render-limits";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";

/**
 * The variables for the templates of these emails, in their order: the caller's own, and `contact` and `events`
 * as in a campaign. The contact is the one that has the single email in “to”. With several in “to”, or where the
 * view shows no contact with that email, only the first email is filled in: names and id are null, properties
 * and events are empty. The number of queries does not grow with the emails.
 */
export async function templateVariables(
  view: View,
  emails: readonly SendEmailInput[],
  now: Date,
): Promise<Variables[]> {
  const first = emails.map(({ to: [mailbox = ""] }) => emailIn(mailbox));
  const alone = first.filter((_, at) => emails[at]?.to.length === 1);
  const contacts = await contactsAt(view, alone, now);
  const events = await templateEventsOf(
    reader(),
    [...contacts.values()].map(({ id }) => id),
  );
  return emails.map(({ to, template }, at) => {
    const email = first[at] ?? "";
    const contact = to.length === 1 ? contacts.get(email) : undefined;
    return { ...template?.variables, ...knownOf(email, contact, events) };
  });
}

async function contactsAt(
  view: View,
  emails: readonly string[],
  now: Date,
): Promise<Map<string, ContactRow>> {
  if (emails.length === 0) return new Map();
  const visible = await visibleContacts(reader(), view, now);
  const rows = await reader().$queryRaw<ContactRow[]>`
    SELECT ${contactColumns} FROM contact
    WHERE contact.email = ANY(${[...emails]}::text[]) AND ${visible}`;
  return new Map(rows.map((row) => [row.email, row]));
}

function knownOf(
  email: string,
  contact: ContactRow | undefined,
  events: ReadonlyMap<string, TemplateEvents>,
): Variables {
  const { id = null, firstName = null, lastName = null, properties = {} } = contact ?? {};
  return {
    contact: { id, email, first_name: firstName, last_name: lastName, properties },
    events: (contact && events.get(contact.id)) ?? {},
  };
}
