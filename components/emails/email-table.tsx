import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { ABOVE_ROW_LINK, ROW_LINK, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { mailboxInWords } from "@/lib/mail/address/words";
import type { ListedEmail, Sender } from "@/lib/mail/emails/member-emails";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import { subjectInWords } from "@/lib/mail/emails/words";
import { EmailStatusPill } from "./email-status-pill";
import { EMAIL_LISTS, type EmailsPage } from "./emails-url";

type EmailTableProps = {
  page: EmailsPage;
  emails: readonly ListedEmail[];
  query: EmailsPageQuery;
};

/** The emails, newest first. A row opens its email beside the list. */
export function EmailTable({ page, emails, query }: EmailTableProps) {
  // The panel says the rest of the email it shows.
  const besidePanel = query.email !== "";
  return (
    <Table label="Emails">
      <thead>
        <Tr>
          <Th>To</Th>
          <Th className="max-md:hidden">Subject</Th>
          <Th>Status</Th>
          {!besidePanel && <Th className="max-xl:hidden">Sent by</Th>}
          {!besidePanel && <Th className="text-right max-md:hidden">Created</Th>}
        </Tr>
      </thead>
      <tbody>
        {emails.map((email) => (
          <EmailRow
            key={email.id}
            page={page}
            email={email}
            query={query}
            besidePanel={besidePanel}
          />
        ))}
      </tbody>
    </Table>
  );
}

type EmailRowProps = {
  page: EmailsPage;
  email: ListedEmail;
  query: EmailsPageQuery;
  besidePanel: boolean;
};

function EmailRow({ page, email, query, besidePanel }: EmailRowProps) {
  const isOpen = email.id === query.email;
  return (
    <Tr
      className={cn(
        "relative h-[38px] hover:bg-bg-subtle",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Td className="max-w-56 py-1.5 max-md:max-w-44">
        <Link
          id={email.id}
          href={EMAIL_LISTS[page].url({ ...query, email: email.id })}
          scroll={false}
          replace={besidePanel}
          data-row-link
          {...(isOpen && { "aria-current": "true" })}
          className={cn(ROW_LINK, "block truncate font-medium hover:underline max-md:py-1")}
        >
          <bdi>{mailboxInWords(email.to[0] ?? "")}</bdi>
          {email.to.length > 1 && ` and ${email.to.length - 1} more`}
        </Link>
        <bdi className="block truncate text-ink-2 text-xs md:hidden">
          {subjectInWords(email.subject)}
        </bdi>
      </Td>
      <Td className={cn("truncate py-1.5 max-md:hidden", besidePanel ? "max-w-40" : "max-w-72")}>
        <bdi>{subjectInWords(email.subject)}</bdi>
      </Td>
      <Td className="py-1.5">
        <EmailStatusPill status={email.status} captured={email.captured} />
        <span className={cn(ABOVE_ROW_LINK, "block text-ink-2 text-xs md:hidden")}>
          <Time at={email.createdAt} />
        </span>
      </Td>
      {!besidePanel && (
        <>
          <Td className="max-w-40 truncate py-1.5 text-ink-2 max-xl:hidden">
            <SenderName sender={email.sender} />
          </Td>
          <Td className="whitespace-nowrap py-1.5 text-right text-ink-2 max-md:hidden">
            <span className={ABOVE_ROW_LINK}>
              <Time at={email.createdAt} />
            </span>
          </Td>
        </>
      )}
    </Tr>
  );
}

const GONE = {
  key: "A deleted key",
  campaign: "A deleted campaign",
  member: "A removed member",
} satisfies Record<Sender["kind"], string>;

/** The key, campaign or member that sent an email. */
export function SenderName({ sender }: { sender: Sender | null }) {
  if (!sender) return <span className="text-ink-3">Unknown</span>;
  if (sender.name) return <bdi>{sender.name}</bdi>;
  return <span className="text-ink-3">{GONE[sender.kind]}</span>;
}
