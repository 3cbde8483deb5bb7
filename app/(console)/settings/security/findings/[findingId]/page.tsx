import type { Metadata } from "next";
import { DismissButton } from "@/components/security/dismiss-button";
import { FindingEvidence, hasEvidence } from "@/components/security/finding-evidence";
import { FindingStanding } from "@/components/security/finding-standing";
import { mayOf } from "@/components/security/may-of";
import { RemedyAction } from "@/components/security/remedy-action";
import { SeverityPill } from "@/components/security/severity";
import { Tag } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { findFinding } from "./find-finding";

type FindingPageProps = { params: Promise<{ findingId: string }> };

export async function generateMetadata({ params }: FindingPageProps): Promise<Metadata> {
  const { finding } = await findFinding((await params).findingId);
  return { title: titleOf(finding) };
}

export default async function FindingPage({ params }: FindingPageProps) {
  const { finding, at } = await findFinding((await params).findingId);
  const { id, words, severity, key } = finding;
  return (
    <>
      <PageHeader
        title={titleOf(finding)}
        back={{ href: "/settings/security", label: "Security" }}
        badge={
          <>
            <SeverityPill severity={severity} />
            {key.environment === "test" && <Tag line="dashed">Test</Tag>}
          </>
        }
        actions={
          finding.canAct &&
          !finding.closedAt && (
            <>
              {mayOf(finding) === "dismiss" && (
                <DismissButton findingId={id} title={titleOf(finding)} />
              )}
              <RemedyAction finding={finding} isPrimary />
            </>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 gap-4">
          <FindingStanding finding={finding} now={at} />
          <Card>
            <CardHeader title={finding.closedAt ? "What was so" : "What is so"} />
            <CardBody className="grid gap-2">
              <p className="wrap-anywhere">{words.what}</p>
              <p className="text-ink-2 text-sm">{words.rule}</p>
            </CardBody>
          </Card>
          {hasEvidence(finding) && (
            <Card>
              <CardHeader title="Where it shows" />
              <CardBody>
                <FindingEvidence finding={finding} />
              </CardBody>
            </Card>
          )}
        </div>
        <Card>
          <CardHeader title="Details" />
          <CardBody>
            <Facts>
              <Fact name="Key">
                <Link href={`/settings/api-keys/${key.id}`} className="text-accent hover:underline">
                  <bdi>{key.name}</bdi>
                </Link>
              </Fact>
              <Fact name="Owner">
                <bdi>{key.ownerName}</bdi>
              </Fact>
              <Fact name="Found">
                <Time at={finding.openedAt} />
              </Fact>
              <Fact name="Last seen so">
                <Time at={finding.seenAt} />
              </Fact>
            </Facts>
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function titleOf({ key, words }: ShownFinding): string {
  return `${key.name} ${words.title}`;
}
