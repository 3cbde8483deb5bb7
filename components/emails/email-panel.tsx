import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import { mailboxInWords } from "@/lib/mail/address/words";
import type { EmailDetails } from "@/lib/mail/emails/member-emails";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import { subjectInWords } from "@/lib/mail/emails/words";
import { CancelEmailDialog } from "./cancel-email-dialog";
import { EmailContent } from "./email-content";
import { EmailStatusPill } from "./email-status-pill";
import { SenderName } from "./email-table";
import { EmailTimeline } from "./email-timeline";
import { EMAIL_LISTS, type EmailsPage } from "./emails-url";

type EmailPanelProps = {
  page: EmailsPage;
  query: EmailsPageQuery;
  email: EmailDetails;
  mayCancel: boolean;
};

/** Everything about one email: its recipients, its history and its content. */
export function EmailPanel({ page, query, email, mayCancel }: EmailPanelProps) {
  return (
    <SidePanel
      title={<bdi>{subjectInWords(email.subject)}</bdi>}
      rowId={email.id}
      closeHref={EMAIL_LISTS[page].url({ ...query, email: "", view: "preview" })}
    >
      {email.captured && page === "/emails" && (
        <Notice tone="info">
          This email was not sent. It is in the{" "}
          <Link
            href={EMAIL_LISTS["/outbox"].url({ environment: email.environment, email: email.id })}
            className="underline"
          >
            Outbox
          </Link>
          .
        </Notice>
      )}
      <Facts>
        <Fact name="Status">
          <EmailStatusPill status={email.status} captured={email.captured} />
        </Fact>
        <Fact name="From">
          <bdi className="break-words">{email.from}</bdi>
        </Fact>
        <Mailboxes name="To" emails={email.to} />
        <Mailboxes name="Cc" emails={email.cc} />
        <Mailboxes name="Bcc" emails={email.bcc} />
        <Mailboxes name="Reply to" emails={email.replyTo} />
        <Fact name="Sent by">
          <SentBy sender={email.sender} />
        </Fact>
        <Fact name="Created">
          <Time at={email.createdAt} />
        </Fact>
        {email.scheduledAt && (
          <Fact name="Scheduled">
            <Time at={email.scheduledAt} />
          </Fact>
        )}
      </Facts>
      {mayCancel && email.status === "scheduled" && (
        <div>
          <CancelEmailDialog email={{ id: email.id, subject: email.subject }} />
        </div>
      )}
      <EmailTimeline events={email.events} />
      <EmailContent page={page} query={query} email={email} />
      <Facts className="border-line border-t pt-4">
        <Fact name="Email id">
          <code className="break-all font-mono text-xs">{email.id}</code>
        </Fact>
      </Facts>
    </SidePanel>
  );
}

function SentBy({ sender }: { sender: EmailDetails["sender"] }) {
  if (!sender?.name) return <SenderName sender={sender} />;
  if (sender.kind === "member") {
    return (
      <>
        <bdi>{sender.name}</bdi>, as a test
      </>
    );
  }
  const isKey = sender.kind === "key";
  const href = isKey ? `/settings/api-keys/${sender.id}` : `/campaigns/${sender.id}`;
  return (
    <Link href={href} className="text-accent hover:underline">
      {isKey ? "the key " : "the campaign "}
      <bdi>{sender.name}</bdi>
    </Link>
  );
}

function Mailboxes({ name, emails }: { name: string; emails: readonly string[] }) {
  if (emails.length === 0) return null;
  return (
    <Fact name={name}>
      <ul>
        {[...new Set(emails)].map((mailbox) => (
          <li key={mailbox} className="break-words">
            <bdi>{mailboxInWords(mailbox)}</bdi>
          </li>
        ))}
      </ul>
    </Fact>
  );
}
