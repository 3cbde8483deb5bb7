import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { knownRule } from "@/lib/access/damage/reading/words";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { scopeInWords } from "@/lib/people/auth/scopes";
import { listed } from "@/lib/platform/format/list";
import { formatCount } from "@/lib/platform/format/number";
import { ReplaceForm } from "./replace-form";

type ReplaceCardProps = {
  incident: ShownIncident;
  leaked: KeyDetails;
  /** The IP addresses of the known callers of the leaked key, where they are few. */
  known: string[];
  today: Date;
  creationToken: string;
};

/** Makes the key that replaces a leaked one. */
export function ReplaceCard({ incident, leaked, known, today, creationToken }: ReplaceCardProps) {
  if (!incident.canAct) {
    return (
      <Card>
        <CardHeader title="Replace it" />
        <CardBody className="text-ink-2 text-sm">Nobody has made a new key yet.</CardBody>
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader title="Replace it" />
      <CardBody className="grid gap-4 text-sm">
        <p>
          Make a new key for the tool that used <bdi>{leaked.name}</bdi>. {staysTheSame(leaked)}{" "}
          {whereFrom(leaked, known)}
        </p>
        <ReplaceForm
          incidentId={incident.id}
          leaked={{
            name: leaked.name,
            scopes: leaked.scopes.map((scope) => ({ scope, words: scopeInWords(scope) })),
          }}
          addresses={leaked.allowedAddresses.length > 0 ? leaked.allowedAddresses : known}
          today={today}
          creationToken={creationToken}
        />
      </CardBody>
    </Card>
  );
}

/** The settings that the new key takes over unchanged. */
function staysTheSame(leaked: KeyDetails): string {
  const { audiences, sendingDomains, ratePerMinute, owner } = leaked;
  const limits = [
    `${formatCount(ratePerMinute)} calls a minute`,
    ...(audiences.length > 0 ? ["its audiences"] : []),
    ...(sendingDomains.length > 0 ? ["its sending domains"] : []),
  ];
  return `It gets the same limits (${listed(limits, "and")}) and the same owner, ${owner.name}.`;
}

/** The source of the allowed addresses that are filled in. */
function whereFrom({ allowedAddresses }: KeyDetails, known: readonly string[]): string {
  if (allowedAddresses.length > 0) return "The allowed IP addresses are those of the leaked key.";
  const source =
    known.length > 0
      ? "The allowed IP addresses are those of its known callers."
      : "No IP addresses are filled in, since it had no known callers, or too many.";
  return `${source} ${knownRule("the leak")}`;
}
