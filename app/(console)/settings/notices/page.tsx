import { BellRing } from "lucide-react";
import type { Metadata } from "next";
import { MarkSeen } from "@/components/notices/mark-seen";
import { NoticeList } from "@/components/notices/notice-list";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { isTold } from "@/lib/access/notices/notice-choice";
import { listNotices } from "@/lib/access/notices/read-notices";
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
  const notices = await listNotices(actor, now());
  const [newest] = notices;
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
          <NoticeList title="New" notices={fresh} />
          <NoticeList
            title={fresh.length > 0 ? "Seen before" : "Nothing new"}
            notices={notices.filter(({ isUnread }) => !isUnread)}
          />
          {fresh.length > 0 && <MarkSeen until={newest.raisedAt.toISOString()} />}
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
