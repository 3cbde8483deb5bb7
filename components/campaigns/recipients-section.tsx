import { EmailStatusPill } from "@/components/emails/email-status-pill";
import { EMAIL_LISTS } from "@/components/emails/emails-url";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/page-links";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { mailboxInWords } from "@/lib/mail/address/words";
import { RECIPIENT_STATUSES } from "@/lib/mail/campaigns/limits";
import type { Recipient } from "@/lib/mail/campaigns/recipients";
import type { CampaignPageQuery } from "@/lib/mail/campaigns/schema";
import { KEPT_HERE } from "@/lib/mail/emails/words";
import type { Page } from "@/lib/platform/paging/page";
import type { Environment } from "@/prisma/generated/enums";
import { campaignUrl } from "./campaigns-url";
import { ExportRecipients } from "./export-recipients";
import { StatusFilter } from "./status-filter";

type RecipientsSectionProps = {
  mayExport: boolean;
  campaignId: string;
  environment: Environment;
  query: CampaignPageQuery;
  page: Page<Recipient> | null;
  /** Emails of the environment stay on this machine. */
  isKept: boolean;
};

const CHOICES = ["all", ...RECIPIENT_STATUSES] as const;

/** Said where there is nobody to show. */
const NOBODY: Readonly<Record<(typeof CHOICES)[number], string>> = {
  all: "Nobody has received it yet.",
  delivered: "No email has been delivered yet.",
  opened: "Nobody has opened it yet.",
  clicked: "Nobody has clicked a link in it yet.",
  unsubscribed: "Nobody has unsubscribed.",
  bounced: "No email bounced.",
  failed: "No email failed.",
  suppressed: "Nobody was left out.",
  canceled: "No email was canceled.",
};

/** The recipients of the campaign, with what each did with it. */
export function RecipientsSection({
  campaignId,
  environment,
  query,
  page,
  isKept,
  mayExport,
}: RecipientsSectionProps) {
  const labelOf = (choice: (typeof CHOICES)[number]) =>
    choice === "all" ? "any" : isKept && choice === "delivered" ? KEPT_HERE.toLowerCase() : choice;
  const { status } = query;
  const hrefs = Object.fromEntries(
    CHOICES.map((choice) => [choice, campaignUrl(campaignId, { status: choice })]),
  );
  const at = (place: Partial<CampaignPageQuery>) => campaignUrl(campaignId, { status, ...place });
  return (
    <section aria-labelledby="recipients" className="mt-6">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h2 id="recipients" className="mr-auto font-semibold text-base">
          Recipients
        </h2>
        <StatusFilter
          value={status}
          options={CHOICES.map((value) => ({ value, label: labelOf(value) }))}
          hrefs={hrefs}
        />
        {mayExport && <ExportRecipients campaignId={campaignId} status={status} />}
      </div>
      {page && page.rows.length > 0 ? (
        <RecipientTable recipients={page.rows} environment={environment} />
      ) : (
        <p className="rounded-lg border border-line-strong border-dashed px-4 py-8 text-center text-ink-2 text-sm">
          {isKept && status === "delivered" ? "No email has been kept here yet." : NOBODY[status]}
        </p>
      )}
      <PageLinks
        keepPlace
        newer={page?.previousCursor ? at({ before: page.previousCursor }) : null}
        older={page?.nextCursor ? at({ after: page.nextCursor }) : null}
      />
    </section>
  );
}

type RecipientTableProps = { recipients: readonly Recipient[]; environment: Environment };

function RecipientTable({ recipients, environment }: RecipientTableProps) {
  return (
    <Table label="Who got it">
      <thead>
        <Tr>
          <Th>Email</Th>
          <Th>Status</Th>
          <Th className="text-right max-md:hidden">Opened</Th>
          <Th className="text-right max-md:hidden">Clicked</Th>
        </Tr>
      </thead>
      <tbody>
        {recipients.map((recipient) => (
          <Tr key={recipient.id} className="h-[38px] hover:bg-bg-subtle">
            <Td className="max-w-64 truncate py-1.5 max-md:max-w-44">
              <Link
                href={EMAIL_LISTS["/emails"].url({ environment, email: recipient.id })}
                className="font-medium hover:underline"
              >
                <bdi>{mailboxInWords(recipient.email)}</bdi>
              </Link>
            </Td>
            <Td className="py-1.5">
              <EmailStatusPill status={recipient.status} captured={recipient.captured} />
            </Td>
            <Td className="whitespace-nowrap py-1.5 text-right text-ink-2 max-md:hidden">
              <Moment at={recipient.openedAt} />
            </Td>
            <Td className="whitespace-nowrap py-1.5 text-right text-ink-2 max-md:hidden">
              <Moment at={recipient.clickedAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Moment({ at }: { at: Date | null }) {
  return at ? <Time at={at} /> : <span className="text-ink-3">–</span>;
}
