import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { ABOVE_ROW_LINK, ROW_LINK, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { MemberContact } from "@/lib/mail/contacts/member-contacts";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import { contactsList } from "./contacts-url";
import { SubscriptionPill } from "./subscription-pill";

type ContactTableProps = { contacts: readonly MemberContact[]; query: ContactsPageQuery };

/** The contacts, newest first. A row opens its profile beside the list. */
export function ContactTable({ contacts, query }: ContactTableProps) {
  return (
    <div className="@container">
      <Table label="Contacts">
        <thead>
          <Tr>
            <Th>Email</Th>
            <Th className="@max-xl:hidden">Name</Th>
            <Th>Status</Th>
            <Th className="text-right @max-xl:hidden">Changed</Th>
          </Tr>
        </thead>
        <tbody>
          {contacts.map((contact) => (
            <ContactTableRow key={contact.id} contact={contact} query={query} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function ContactTableRow({ contact, query }: { contact: MemberContact; query: ContactsPageQuery }) {
  const isOpen = contact.id === query.contact;
  return (
    <Tr
      className={cn(
        "relative h-[38px] hover:bg-bg-subtle",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Td className="max-w-64 py-1.5 max-md:max-w-44">
        <Link
          id={contact.id}
          href={contactsList.url({ ...query, contact: contact.id, timeline: "" })}
          scroll={false}
          replace={query.contact !== ""}
          data-row-link
          {...(isOpen && { "aria-current": "true" })}
          className={cn(ROW_LINK, "block truncate font-medium hover:underline max-md:py-1")}
        >
          <bdi>{contact.email}</bdi>
        </Link>
        <NameOf contact={contact} className="block truncate text-ink-2 text-xs @xl:hidden" />
      </Td>
      <Td className="max-w-48 truncate py-1.5 @max-xl:hidden">
        <NameOf contact={contact} />
      </Td>
      <Td className="py-1.5">
        <SubscriptionPill contact={contact} />
      </Td>
      <Td className="whitespace-nowrap py-1.5 text-right text-ink-2 @max-xl:hidden">
        <span className={ABOVE_ROW_LINK}>
          <Time at={contact.updatedAt} />
        </span>
      </Td>
    </Tr>
  );
}

function NameOf({ contact, className }: { contact: MemberContact; className?: string }) {
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ");
  if (!name) return <span className={cn("text-ink-3", className)}>No name</span>;
  return <bdi className={className}>{name}</bdi>;
}
