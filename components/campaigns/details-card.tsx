import { audienceContactsUrl } from "@/components/audiences/audiences-url";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { CampaignDetails } from "@/lib/mail/campaigns/member-campaigns";
import { countOf } from "@/lib/platform/format/number";
import { longInstant } from "@/lib/platform/format/time";

/** The facts about a campaign: audience, sender, subject and times. */
export function DetailsCard({ campaign }: { campaign: CampaignDetails }) {
  const { audience, people, from, replyTo, subject, environment } = campaign;
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <Facts>
          <Fact name="Audience">
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
            <Fact name="Recipients now">{countOf(people, "person", "people")}</Fact>
          )}
          <Fact name="From">
            <bdi className="break-words">{from}</bdi>
          </Fact>
          {replyTo.length > 0 && (
            <Fact name="Replies to">
              <bdi className="break-words">{replyTo.join(", ")}</bdi>
            </Fact>
          )}
          <Fact name="Subject">
            <bdi className="break-words">{subject}</bdi>
          </Fact>
          <When name="Created" at={campaign.createdAt} />
          {campaign.scheduledAt && (
            <Fact name="Scheduled for">{longInstant(campaign.scheduledAt)}</Fact>
          )}
          <When name="Started" at={campaign.startedAt} />
          <When
            name={campaign.status === "canceled" ? "Canceled" : "Finished"}
            at={campaign.finishedAt}
          />
          <Fact name="Campaign id">
            <code className="break-all font-mono text-xs">{campaign.id}</code>
          </Fact>
        </Facts>
      </CardBody>
    </Card>
  );
}

function When({ name, at }: { name: string; at: Date | null }) {
  return (
    at && (
      <Fact name={name}>
        <Time at={at} />
      </Fact>
    )
  );
}
