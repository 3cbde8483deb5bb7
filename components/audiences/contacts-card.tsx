import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { ContactCount } from "@/lib/mail/audiences/contact-counts";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { audienceContactsUrl } from "./audiences-url";
import { countInWords } from "./count-words";

type ContactsCardProps = {
  audience: { id: string; environment: "live" | "test"; rule: unknown };
  count: ContactCount | null;
  newest: readonly ContactRow[] | null;
};

/** How many contacts are in an audience, and the newest of them. */
export function ContactsCard({ audience, count, newest }: ContactsCardProps) {
  const all = countInWords(count);
  return (
    <Card>
      <CardHeader title={`${all.charAt(0).toUpperCase()}${all.slice(1)}`}>
        {newest?.length !== 0 && (
          <Button asChild>
            <Link href={audienceContactsUrl(audience)}>See all</Link>
          </Button>
        )}
      </CardHeader>
      {newest && newest.length > 0 ? (
        <ul>
          {newest.map((contact) => (
            <li
              key={contact.id}
              className="flex items-baseline gap-3 border-line border-b px-4 py-2 text-sm last:border-b-0"
            >
              <Link
                href={audienceContactsUrl(audience, contact.id)}
                className="min-w-0 truncate font-medium hover:underline"
              >
                <bdi>{contact.email}</bdi>
              </Link>
              <bdi className="ml-auto shrink-0 text-ink-2 max-md:hidden">
                {[contact.firstName, contact.lastName].filter(Boolean).join(" ")}
              </bdi>
            </li>
          ))}
        </ul>
      ) : (
        <CardBody className="text-ink-2 text-sm">{nobody(newest, audience.rule !== null)}</CardBody>
      )}
    </Card>
  );
}

function nobody(newest: readonly ContactRow[] | null, isRule: boolean): string {
  if (!newest) return "It would take too long to list contacts here.";
  return isRule
    ? "No contact matches the rule right now. Contacts join as soon as they match."
    : "No contact is on this list yet. A CRM or sign-up form can add contacts through the API.";
}
