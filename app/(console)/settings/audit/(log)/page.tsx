import { ScrollText, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditTable } from "@/components/audit/audit-table";
import { auditList } from "@/components/audit/audit-url";
import { EventPanel } from "@/components/audit/event-panel";
import { ExportAuditLog } from "@/components/audit/export-audit-log";
import { LogSeal } from "@/components/audit/log-seal";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { endOfLog } from "@/lib/access/audit-log/check-log";
import { auditPeople, getAuditEvent, listAuditEvents } from "@/lib/access/audit-log/query";
import { type AuditQuery, auditQuery } from "@/lib/access/audit-log/schema";
import { ACTION_LABELS } from "@/lib/access/audit-log/words";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { AuditSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Audit log" };

const ACTIONS = ACTION_LABELS.map(({ action, label }) => ({ value: action, label }));

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function AuditPage(props: Props) {
  return <QuickOrSkeleton skeleton={<AuditSkeleton />} content={auditPage(props)} />;
}

async function auditPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = auditQuery.parse(await searchParams);
  const filter = auditList.filterOf(query);
  const page = await listAuditEvents(actor, query);
  const end = await endOfLog(actor);
  if (!page.ok || !end.ok) notFound();
  const { events, older } = page.value;
  const people = (await auditPeople(actor)).map(({ id, name }) => ({ value: id, label: name }));
  const open = await openEvent(actor, query);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="What members did in this workspace, newest first."
        actions={can(actor, "lists.export") && <ExportAuditLog filter={filter} />}
      />
      <LogSeal end={end.value} />
      <AuditFilters query={query} people={people} actions={ACTIONS} />
      <div
        className={cn(
          "grid items-start gap-4",
          open && "lg:grid-cols-[minmax(0,1fr)_320px] xl:grid-cols-[minmax(0,1fr)_360px]",
        )}
      >
        <div className={cn("min-w-0", open && "max-lg:hidden")}>
          {events.length > 0 ? (
            <AuditTable events={events} query={query} />
          ) : (
            <Nothing query={query} />
          )}
          <PageLinks
            newest={query.before && auditList.url(filter)}
            older={older && auditList.url({ ...filter, before: older })}
          />
        </div>
        {open && <EventPanel event={open} closeHref={auditList.url({ ...query, event: "" })} />}
      </div>
    </>
  );
}

async function openEvent(actor: MemberActor, { event: id }: AuditQuery) {
  if (!id) return null;
  const found = await getAuditEvent(actor, { id });
  return found.ok ? found.value : null;
}

function Nothing({ query }: { query: AuditQuery }) {
  if (!auditList.isFiltered(query)) {
    return (
      <EmptyState icon={ScrollText} title="Nothing has happened yet">
        Every change to keys, members and accounts is recorded here, with who made it and from
        where.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No event matches"
      action={
        <Button asChild>
          <Link href={auditList.url({})}>Show all events</Link>
        </Button>
      }
    >
      No event on record matches these filters. Days are in UTC.
    </EmptyState>
  );
}
