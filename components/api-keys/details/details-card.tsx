import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Fact, Facts } from "@/components/ui/facts";
import { writesToPeople } from "@/lib/access/api-keys/key/presets";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { countOf } from "@/lib/platform/format/number";
import { longInstant } from "@/lib/platform/format/time";

/** The facts about a key, apart from its access. */
export function DetailsCard({ apiKey }: { apiKey: KeyDetails }) {
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <Facts>
          <Fact name="Environment">
            {apiKey.environment === "live" ? "Live" : <Tag line="dashed">Test</Tag>}
          </Fact>
          <Fact name="Expires">{expiryInWords(apiKey)}</Fact>
          <Fact name="Only from">
            {apiKey.allowedAddresses.length === 0 ? (
              "Anywhere"
            ) : (
              <ul className="font-mono text-xs leading-5">
                {apiKey.allowedAddresses.map((address) => (
                  <li key={address}>{address}</li>
                ))}
              </ul>
            )}
          </Fact>
          {apiKey.audiences.length > 0 && (
            <Fact name={apiKey.audiences.length === 1 ? "Only in audience" : "Only in audiences"}>
              <ul>
                {apiKey.audiences.map(({ id, name }) => (
                  <li key={id}>
                    {name === null ? (
                      <span className="text-ink-3">A deleted audience</span>
                    ) : (
                      <bdi>{name}</bdi>
                    )}
                  </li>
                ))}
              </ul>
            </Fact>
          )}
          {apiKey.sendingDomains.length > 0 && (
            <Fact name="Only sends from">
              <ul>
                {apiKey.sendingDomains.map((domain) => (
                  <li key={domain}>
                    <bdi>{domain}</bdi>
                  </li>
                ))}
              </ul>
            </Fact>
          )}
          {apiKey.skipUnsubscribed && <Fact name="Leaves out">People who unsubscribed</Fact>}
          {apiKey.forgetBodies && <Fact name="Does not keep">What its emails say</Fact>}
          <Fact name="Limit">{countOf(apiKey.ratePerMinute, "call")} a minute</Fact>
          <BudgetFacts apiKey={apiKey} />
          <Fact name="Owner">
            <span className="flex min-w-0 items-center gap-2">
              <Avatar name={apiKey.owner.name} />
              <bdi className="min-w-0">{apiKey.owner.name}</bdi>
            </span>
          </Fact>
          <Fact name="Created">{longInstant(apiKey.createdAt)}</Fact>
          <Fact name="Key id">
            <span className="flex min-w-0 items-start gap-1">
              <span className="min-w-0 break-all font-mono text-xs leading-5">{apiKey.id}</span>
              <CopyButton
                text={apiKey.id}
                label="Copy key id"
                size="icon"
                variant="ghost"
                className="-my-1.5 max-md:-my-2.5"
              />
            </span>
          </Fact>
        </Facts>
      </CardBody>
    </Card>
  );
}

/** The numbers of people that the key may write to and read. */
function BudgetFacts({ apiKey }: { apiKey: KeyDetails }) {
  const { scopes, recipientsPerMinute, recipientsPerHour, recipientsPerDay } = apiKey;
  const { contactsReadPerDay } = apiKey;
  const recipients = [
    ...(scopes.includes("emails:send")
      ? [`${countOf(recipientsPerMinute, "recipient")} a minute`]
      : []),
    ...(recipientsPerHour === null ? [] : [`${countOf(recipientsPerHour, "recipient")} an hour`]),
    `${countOf(recipientsPerDay, "recipient")} a day`,
  ];
  return (
    <>
      {writesToPeople(scopes) && <Fact name="Writes to">{recipients.join(", ")}</Fact>}
      {contactsReadPerDay !== null && (
        <Fact name="Reads">{countOf(contactsReadPerDay, "contact")} a day</Fact>
      )}
    </>
  );
}

/** A revoked key has ended: when it would have expired means nothing any more. */
function expiryInWords({ status, expiresAt, expiryDays }: KeyDetails): ReactNode {
  if (status === "revoked") return "—";
  if (!expiresAt) return "Never";
  return (
    <>
      <time dateTime={expiresAt.toISOString()}>{longInstant(expiresAt)}</time>
      {expiryDays !== null && (
        <span className="block text-ink-3 text-xs">
          {countOf(expiryDays, "day")} after each rotation
        </span>
      )}
    </>
  );
}
