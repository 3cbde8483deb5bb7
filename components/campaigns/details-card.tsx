import Link from "next/link";
import type { ReactNode } from "react";
import { audienceContactsUrl } from "@/components/audiences/audiences-url";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { CampaignDetails } from "@/lib/mail/campaigns/member-campaigns";
import { countOf } from "@/lib/platform/format/number";

/** The facts about a campaign: audience, sender, subject and times. */
export function DetailsCard({ campaign }: { campaign: CampaignDetails }) {
  const { audience, people, from, replyTo, subject, environment } = campaign;
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <dl className="grid gap-3 text-sm">
          <Fact label="Audience">
            {audience ? (
              <Link
                href={audienceContactsUrl({ id: audience.id, environment })}
                className="text-accent hover:underline"
              >
                <bdi>{audience.name}</bdi>
              </Link>
            ) : (
              <span className="text-ink-3">Deleted</span>
            )}
          </Fact>
          {people !== null && (
            <Fact label="Recipients now">{countOf(people, "person", "people")}</Fact>
          )}
          <Fact label="From">
            <bdi className="break-words">{from}</bdi>
          </Fact>
          {replyTo.length > 0 && (
            <Fact label="Replies to">
              <bdi className="break-words">{replyTo.join(", ")}</bdi>
            </Fact>
          )}
          <Fact label="Subject">
            <bdi className="break-words">{subject}</bdi>
          </Fact>
          <When label="Created" at={campaign.createdAt} />
          <When label="Scheduled for" at={campaign.scheduledAt} />
          <When label="Started" at={campaign.startedAt} />
          <When
            label={campaign.status === "canceled" ? "Canceled" : "Finished"}
            at={campaign.finishedAt}
          />
          <Fact label="Campaign id">
            <code className="break-all font-mono text-xs">{campaign.id}</code>
          </Fact>
        </dl>
      </CardBody>
    </Card>
  );
}

function When({ label, at }: { label: string; at: Date | null }) {
  return (
    at && (
      <Fact label={label}>
        <Time at={at} />
      </Fact>
    )
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3">
      <dt className="text-ink-3">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
