import { AbilitiesCard } from "@/components/api-keys/details/abilities-card";
import { DetailsCard } from "@/components/api-keys/details/details-card";
import { KeyStatusPill } from "@/components/api-keys/key-status-pill";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { FindingRow } from "./finding-row";
import { KeepKey } from "./keep-key";
import { reviewUrl } from "./security-url";

type ReviewedKeyProps = {
  apiKey: KeyDetails;
  findings: readonly ShownFinding[];
  /** Whether others are left that can be looked at first. */
  hasOthers: boolean;
  now: Date;
};

/** The key that a review is at: what it may do, what deserves attention, and what to do with it. */
export function ReviewedKey({ apiKey: key, findings, hasOthers, now }: ReviewedKeyProps) {
  const page = `/settings/api-keys/${key.id}`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="grid min-w-0 gap-4">
        <Card>
          <CardHeader
            title={
              <Link href={page} className="wrap-anywhere hover:underline">
                <bdi>{key.name}</bdi>
              </Link>
            }
            badge={
              <>
                <KeyStatusPill status={key.status} expiresAt={key.expiresAt} now={now} />
                {key.environment === "test" && <Tag line="dashed">Test</Tag>}
              </>
            }
          />
          <CardBody className="grid gap-4">
            {key.description && <p className="text-ink-2">{key.description}</p>}
            <p className="text-sm">
              {key.lastUsedAt ? (
                <>
                  Last used <Time at={key.lastUsedAt} />.
                </>
              ) : (
                "Never used."
              )}
            </p>
            <div className="flex flex-wrap gap-2">
              <KeepKey keyId={key.id} name={key.name} />
              <Button asChild>
                <Link href={`${page}/edit`}>Narrow</Link>
              </Button>
              <Button asChild>
                <Link href={`${page}?do=rotate`}>Rotate</Link>
              </Button>
              <Button asChild variant="danger">
                <Link href={`${page}?do=revoke`}>Revoke</Link>
              </Button>
              {hasOthers && (
                <Button asChild variant="ghost">
                  <Link href={reviewUrl(key.id)}>Later</Link>
                </Button>
              )}
            </div>
          </CardBody>
        </Card>
        {findings.length > 0 && (
          <Card>
            <CardHeader title="Needs attention" />
            {findings.map((finding) => (
              <FindingRow key={finding.id} finding={finding} />
            ))}
          </Card>
        )}
      </div>
      <div className="grid min-w-0 gap-4">
        <AbilitiesCard scopes={key.scopes} reached={{ contacts: 0, audiences: 0 }} works />
        <DetailsCard apiKey={key} />
      </div>
    </div>
  );
}
