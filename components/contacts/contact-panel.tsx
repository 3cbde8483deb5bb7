import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { Tag } from "@/components/ui/badge";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import type { Author } from "@/lib/mail/contacts/authors";
import type { ContactProfile } from "@/lib/mail/contacts/member-contacts";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import type { Timeline } from "@/lib/mail/contacts/timeline";
import { ContactTimeline } from "./contact-timeline";
import { contactsList } from "./contacts-url";
import { DeleteContactDialog } from "./delete-contact-dialog";
import { SubscriptionPill } from "./subscription-pill";

type ContactPanelProps = {
  profile: ContactProfile;
  query: ContactsPageQuery;
  timeline: Timeline;
  mayDelete: boolean;
};

/** All facts about one contact: its profile, its audiences and who added them. */
export function ContactPanel({ profile, query, timeline, mayDelete }: ContactPanelProps) {
  const { contact, audiences, createdBy, changedBy } = profile;
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ");
  return (
    <SidePanel
      title={<bdi>{contact.email}</bdi>}
      rowId={contact.id}
      closeHref={contactsList.url({ ...query, contact: "", timeline: "" })}
    >
      <Facts>
        <Fact name="Name">{name ? <bdi>{name}</bdi> : <Nothing>none</Nothing>}</Fact>
        <Fact name="Status">
          <SubscriptionPill contact={contact} />
        </Fact>
        <Fact name="Audiences">
          {audiences.length === 0 ? (
            <Nothing>none</Nothing>
          ) : (
            <ul className="flex flex-wrap gap-1.5">
              {audiences.map(({ id, name: audience, rule }) => (
                <li key={id}>
                  <Link href={`/audiences/${id}`} className="hover:underline">
                    <Tag>
                      {rule !== null && (
                        <ListFilter
                          aria-label="By rule:"
                          className="mr-1 -mt-px inline size-3 align-middle"
                        />
                      )}
                      <bdi>{audience}</bdi>
                    </Tag>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Last opened">
          <Moment at={profile.lastOpenedAt} />
        </Fact>
        <Fact name="Last clicked">
          <Moment at={profile.lastClickedAt} />
        </Fact>
      </Facts>
      <Properties properties={contact.properties} />
      <ContactTimeline timeline={timeline} query={query} />
      <Facts className="border-line border-t pt-4">
        <Fact name="Added">
          <Time at={contact.createdAt} />
          <By author={createdBy} />
        </Fact>
        <Fact name="Last changed">
          <Time at={contact.updatedAt} />
          <By author={changedBy} />
        </Fact>
        <Fact name="Contact id">
          <code className="break-all font-mono text-xs">{contact.id}</code>
        </Fact>
      </Facts>
      {mayDelete && (
        <div>
          <DeleteContactDialog contact={contact} query={query} />
        </div>
      )}
    </SidePanel>
  );
}

function Properties({ properties }: { properties: unknown }) {
  const entries = Object.entries(properties as Record<string, string | number | boolean>);
  return (
    <section>
      <h3 className="mb-2 font-medium">Properties</h3>
      {entries.length === 0 ? (
        <Nothing>No properties yet. A CRM or shop can add some through the API.</Nothing>
      ) : (
        <Facts className="rounded-md border border-line bg-bg-subtle p-3">
          {entries.map(([name, value]) => (
            <Fact key={name} name={name}>
              <bdi className="break-words">{typeof value === "boolean" ? yesNo(value) : value}</bdi>
            </Fact>
          ))}
        </Facts>
      )}
    </section>
  );
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** The author, where known. Links in emails and rows stored by older versions have none. */
function By({ author }: { author: Author | null }) {
  return (
    author && (
      <>
        {" by "}
        <AuthorName author={author} />
      </>
    )
  );
}

function AuthorName({ author }: { author: Author }) {
  if (author.name === null) return author.kind === "key" ? "a deleted key" : "a former member";
  if (author.kind === "member") return <bdi>{author.name}</bdi>;
  return (
    <Link href={`/settings/api-keys/${author.id}`} className="text-accent hover:underline">
      the key <bdi>{author.name}</bdi>
    </Link>
  );
}

function Moment({ at }: { at: Date | null }) {
  return at ? <Time at={at} /> : <Nothing>never</Nothing>;
}

function Nothing({ children }: { children: ReactNode }) {
  return <span className="text-ink-3">{children}</span>;
}
