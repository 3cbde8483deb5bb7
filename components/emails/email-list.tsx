import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/page-links";
import type { EmailDetails, ListedEmail } from "@/lib/mail/emails/member-emails";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import type { Page } from "@/lib/platform/paging/page";
import { EmailFilters } from "./email-filters";
import { EmailPanel } from "./email-panel";
import { EmailTable } from "./email-table";
import { EMAIL_LISTS, type EmailsPage } from "./emails-url";

type EmailListProps = {
  page: EmailsPage;
  query: EmailsPageQuery;
  emails: Page<ListedEmail>;
  /** The email that is open. */
  opened: EmailDetails | null;
  mayCancel: boolean;
  senders: readonly { id: string; name: string }[];
  /** The emails stay on this machine. */
  isKept: boolean;
  /** Shown where there is no email at all. */
  empty: ReactNode;
};

/** A page of emails with its filters, and the open one beside it. */
export function EmailList(props: EmailListProps) {
  const { page, query, emails, opened, mayCancel, senders, isKept, empty } = props;
  const { rows } = emails;
  const list = EMAIL_LISTS[page];
  const filter = list.filterOf(query);
  if (rows.length === 0 && !list.isFiltered(query) && !query.after && !query.before) return empty;
  return (
    <>
      <EmailFilters page={page} query={query} senders={senders} isKept={isKept} />
      <div
        className={cn(
          "grid grid-cols-[minmax(0,1fr)] items-start gap-4",
          opened && "lg:grid-cols-[minmax(0,1fr)_360px] xl:grid-cols-[minmax(0,1fr)_440px]",
        )}
      >
        <div className={cn("min-w-0", opened && "max-lg:hidden")}>
          {rows.length > 0 ? (
            <EmailTable page={page} query={query} emails={rows} />
          ) : (
            <NothingFound page={page} query={query} />
          )}
          <PageLinks
            newer={emails.previousCursor && list.url({ ...filter, before: emails.previousCursor })}
            older={emails.nextCursor && list.url({ ...filter, after: emails.nextCursor })}
          />
        </div>
        {opened && <EmailPanel page={page} query={query} email={opened} mayCancel={mayCancel} />}
      </div>
    </>
  );
}

function NothingFound({ page, query }: Pick<EmailListProps, "page" | "query">) {
  return (
    <EmptyState
      icon={SearchX}
      title="No email matches"
      action={
        <Button asChild>
          <Link href={EMAIL_LISTS[page].url({ environment: query.environment })}>
            Show all emails
          </Link>
        </Button>
      }
    >
      Search needs the recipient's full email, such as anna@example.com.
    </EmptyState>
  );
}
