import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FailureReason } from "@/lib/mail/campaigns/failures";
import type { CampaignReport } from "@/lib/mail/campaigns/report";
import { KEPT_HERE } from "@/lib/mail/emails/words";
import { formatCount, formatShare } from "@/lib/platform/format/number";
import { ReportChart } from "./report-chart";

type ReportCardProps = {
  report: CampaignReport;
  failures: readonly FailureReason[];
  /** Emails of the environment stay on this machine. */
  isKept: boolean;
};

/** The results of a campaign: how many received, opened and clicked it, and when. */
export function ReportCard({ report, failures, isKept }: ReportCardProps) {
  const { recipients, delivered, kept, opens, clicks, machines, unsubscribes, waiting } = report;
  const left = delivered - kept;
  return (
    <Card>
      <CardHeader title="Report" />
      <CardBody>
        <dl className="mb-5 grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4 xl:grid-cols-4">
          <Figure name="Recipients" value={formatCount(recipients)} />
          {(left > 0 || !isKept) && (
            <Figure
              name="Delivered"
              value={formatCount(left)}
              share={formatShare(left, recipients)}
            />
          )}
          {(kept > 0 || isKept) && (
            <Figure
              name={KEPT_HERE}
              value={formatCount(kept)}
              share={formatShare(kept, recipients)}
            />
          )}
          <Figure
            name="Opened"
            value={formatCount(opens.unique)}
            share={formatShare(opens.unique, delivered)}
            more={inAll(opens.total, machines.opens, "by mail services")}
          />
          <Figure
            name="Clicked"
            value={formatCount(clicks.unique)}
            share={formatShare(clicks.unique, delivered)}
            more={inAll(clicks.total, machines.clicks, "by scanners")}
          />
          <Figure
            name="Unsubscribed"
            value={formatCount(unsubscribes)}
            share={formatShare(unsubscribes, delivered)}
          />
          <Figure
            name="Bounced"
            value={formatCount(report.bounced)}
            share={formatShare(report.bounced, recipients)}
          />
          <Figure name="Failed" value={formatCount(report.failed)} />
          <Figure name="Suppressed" value={formatCount(report.suppressed)} />
          {report.canceled > 0 && (
            <Figure name="Contact deleted before" value={formatCount(report.canceled)} />
          )}
          {waiting > 0 && <Figure name="Waiting to go out" value={formatCount(waiting)} />}
        </dl>
        {failures.length > 0 && <Failures failures={failures} />}
        <ReportChart hours={report.hours} />
      </CardBody>
    </Card>
  );
}

/** All that people did, and apart from it what machines did. */
function inAll(total: number, byMachines: number, whose: string): string {
  const people = `${formatCount(total)} in all`;
  return byMachines > 0 ? `${people}, and ${formatCount(byMachines)} ${whose}` : people;
}

function Failures({ failures }: { failures: readonly FailureReason[] }) {
  return (
    <Notice tone="bad" className="mb-5">
      <ul className="grid gap-1">
        {failures.map(({ reason, emails }) => (
          <li key={reason}>
            <strong className="font-semibold">{formatCount(emails)} failed.</strong> {reason}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type FigureProps = { name: string; value: string; share?: string; more?: string };

function Figure({ name, value, share, more }: FigureProps) {
  return (
    <div>
      <dt className="text-ink-2 text-xs">{name}</dt>
      <dd>
        <span className="font-semibold text-[18px] leading-6 tracking-tight">{value}</span>
        {share && <span className="ml-1.5 text-ink-2 text-sm tabular-nums">{share}</span>}
        {more && <span className="block text-ink-3 text-xs">{more}</span>}
      </dd>
    </div>
  );
}
