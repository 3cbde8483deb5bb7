import { BellRing } from "lucide-react";
import type { Metadata } from "next";
import { HandedIncidents } from "@/components/notices/handed-incidents";
import { MarkSeen } from "@/components/notices/mark-seen";
import { NoticeList } from "@/components/notices/notice-list";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { incidentsHandedTo } from "@/lib/access/incidents/reading/read-incidents";
import { isTold } from "@/lib/access/notices/notice-choice";
import { listNotices, type Notice } from "@/lib/access/notices/read-notices";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { NOTICES_PURPOSE, NoticesSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Notices" };

export default function NoticesPage() {
  return <QuickOrSkeleton skeleton={<NoticesSkeleton />} content={noticesPage()} />;
}

async function noticesPage() {
  const actor = await requireActor();
  if (!isTold(actor)) {
    return (
      <NotAllowed
        title="Only those who manage keys are told about them"
        instead={{ href: "/settings/security", label: "See findings" }}
      />
    );
  }
  const at = now();
  const [notices, handed] = await Promise.all([
    listNotices(actor, at),
    incidentsHandedTo(actor, at),
  ]);
  const newest = newestOf(notices, handed);
  const fresh = notices.filter(({ isUnread }) => isUnread);
  return (
    <>
      <PageHeader
        title="Notices"
        description={NOTICES_PURPOSE}
        actions={
          <Button asChild>
            <Link href="/settings/account#notices">Choose what you are told</Link>
          </Button>
        }
      />
      {newest ? (
        <div className="grid gap-4">
          <HandedIncidents incidents={handed} />
          <NoticeList title="New" notices={fresh} />
          <NoticeList
            title={fresh.length > 0 ? "Seen before" : "Nothing new"}
            notices={notices.filter(({ isUnread }) => !isUnread)}
          />
          <MarkSeen until={newest.toISOString()} />
        </div>
      ) : (
        <EmptyState icon={BellRing} title="Nothing to tell">
          When a key needs you, it stands here and the bell gets a dot. Security shows everything
          that was found.
        </EmptyState>
      )}
    </>
  );
}

/** The time of the newest thing on the page; null where there is nothing. */
function newestOf(notices: readonly Notice[], handed: readonly ShownIncident[]): Date | null {
  const times = [
    ...notices.map(({ raisedAt }) => raisedAt.getTime()),
    ...handed.flatMap(({ handedAt }) => handedAt?.getTime() ?? []),
  ];
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}
