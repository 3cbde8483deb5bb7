import { ContactRound, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { newKeyUrl } from "@/components/api-keys/new/new-key-url";
import { ContactFilters } from "@/components/contacts/contact-filters";
import { ContactPanel } from "@/components/contacts/contact-panel";
import { ContactTable } from "@/components/contacts/contact-table";
import { contactsList } from "@/components/contacts/contacts-url";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { audienceChoices } from "@/lib/mail/audiences/member-audiences";
import { getContactProfile, listMemberContacts } from "@/lib/mail/contacts/member-contacts";
import { type ContactsPageQuery, contactsPageQuery } from "@/lib/mail/contacts/schema";
import { contactTimeline } from "@/lib/mail/contacts/timeline";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { emptyPage } from "@/lib/platform/paging/page";
import { ContactsSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Contacts" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function ContactsPage(props: Props) {
  return <QuickOrSkeleton skeleton={<ContactsSkeleton />} content={contactsPage(props)} />;
}

async function contactsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = contactsPageQuery.parse(await searchParams);
  const moment = now();
  const page = await listMemberContacts(actor, query, moment);
  const audiences = await audienceChoices(actor, query.environment);
  const profile = await openProfile(actor, query, moment);
  const { rows: contacts, nextCursor, previousCursor } = page.ok ? page.value : emptyPage<never>();
  const filter = contactsList.filterOf(query);
  const isUnused =
    contacts.length === 0 && !contactsList.isFiltered(query) && !query.after && !query.before;
  return (
    <>
      <PageHeader
        title="Contacts"
        description="The people you write to, newest first. Your connected tools add and change them."
        actions={
          <EnvironmentSwitch value={query.environment} hrefs={environmentUrls(contactsList)} />
        }
      />
      {isUnused ? (
        <NoContacts actor={actor} environment={query.environment} />
      ) : (
        <>
          <ContactFilters query={query} audiences={audiences} />
          <div
            className={cn(
              "grid items-start gap-4",
              profile && "lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px]",
            )}
          >
            <div className={cn("min-w-0", profile && "max-lg:hidden")}>
              {contacts.length > 0 ? (
                <ContactTable contacts={contacts} query={query} />
              ) : (
                <NothingFound query={query} />
              )}
              <PageLinks
                newer={previousCursor && contactsList.url({ ...filter, before: previousCursor })}
                older={nextCursor && contactsList.url({ ...filter, after: nextCursor })}
              />
            </div>
            {profile && (
              <ContactPanel {...profile} query={query} mayDelete={can(actor, "contacts.delete")} />
            )}
          </div>
        </>
      )}
    </>
  );
}

async function openProfile(actor: MemberActor, query: ContactsPageQuery, moment: Date) {
  const { contact: id, environment } = query;
  if (!id) return null;
  const found = await getContactProfile(actor, { id, environment }, moment);
  if (!found.ok) return null;
  const asked = { id, environment, before: query.timeline };
  return { profile: found.value, timeline: await contactTimeline(actor, asked) };
}

function NoContacts({ actor, environment }: { actor: MemberActor; environment: string }) {
  return (
    <EmptyState
      icon={ContactRound}
      title={environment === "test" ? "No test contacts yet" : "No contacts yet"}
      action={
        can(actor, "keys.create") && (
          <>
            <Button asChild variant="primary">
              <Link href={newKeyUrl("crm-sync")}>Connect a CRM</Link>
            </Button>
            <Button asChild>
              <Link href="/docs/quick-starts/crm-sync">See how</Link>
            </Button>
          </>
        )
      }
    >
      Connect your CRM, shop or sign-up form with an API key, and its contacts show up here.
      {environment === "test" && " Test contacts come from keys of the test environment."}
    </EmptyState>
  );
}

function NothingFound({ query }: { query: ContactsPageQuery }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No contact matches"
      action={
        <Button asChild>
          <Link href={contactsList.url({ environment: query.environment })}>Show all contacts</Link>
        </Button>
      }
    >
      Search matches the start of an email or name.
    </EmptyState>
  );
}
