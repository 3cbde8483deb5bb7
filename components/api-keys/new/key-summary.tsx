import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ChosenInstant } from "@/components/ui/chosen-instant";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { expiryFrom } from "@/lib/access/api-keys/key/expiry";
import { EXPIRING_SOON_DAYS } from "@/lib/access/api-keys/key/limits";
import { proposedLimits, writesToPeople } from "@/lib/access/api-keys/key/presets";
import type { Expiry } from "@/lib/access/api-keys/key/schema";
import { abilitiesOf } from "@/lib/access/api-keys/key/words";
import type { Scope } from "@/lib/people/auth/scopes";
import { countOf } from "@/lib/platform/format/number";
import type { Environment } from "@/prisma/generated/enums";
import { type Reached, WithCount } from "../details/with-count";
import type { NewKeyIcons } from "./new-key-icons";

const keySchemas = onDemand(() => import("@/lib/access/api-keys/key/schema"));

type KeySummaryProps = {
  icons: NewKeyIcons["summary"];
  scopes: readonly Scope[];
  environment: Environment;
  expiry: Expiry;
  allowedAddresses: readonly string[];
  /** The names of the audiences it is limited to; empty when to none. */
  audiences: readonly string[];
  today: Date;
  /** How much each environment holds. */
  holdings: Record<Environment, Reached>;
};

/** A summary of what the form's key will be able to do, and what not. */
export function KeySummary(props: KeySummaryProps) {
  const { can, cannot } = abilitiesOf(props.scopes);
  const { icons } = props;
  const limits = props.audiences.length;
  // For a limited key, the number of all contacts would be too high.
  const reached =
    limits > 0 ? { contacts: 0, audiences: limits } : props.holdings[props.environment];
  return (
    <Card aria-label="What this key can do">
      <CardHeader title="What this key can do" />
      <CardBody>
        <ul className="grid gap-2.5 text-sm">
          {can.length === 0 && (
            <Line icon={icons.cannot}>Nothing yet: choose what will use it</Line>
          )}
          {can.map((ability) => (
            <Line key={ability} icon={icons.can}>
              <WithCount words={ability} reached={reached} />
            </Line>
          ))}
          {cannot.map((lack) => (
            <Line key={lack} icon={icons.cannot} className="text-ink-3">
              {lack}
            </Line>
          ))}
          {props.audiences.length > 0 && (
            <Line icon={icons.audiences}>
              <Audiences names={props.audiences} />
            </Line>
          )}
          {props.environment === "test" && (
            <Line icon={icons.test}>
              <b>Test data only</b>: it never sees real contacts, and nothing is delivered
            </Line>
          )}
          {writesToPeople(props.scopes) && (
            <Line icon={icons.people}>
              <Recipients scopes={props.scopes} />
            </Line>
          )}
          <Line icon={icons.life}>
            <Lifetime expiry={props.expiry} today={props.today} />
          </Line>
          <Line icon={icons.origin}>
            <Origins addresses={props.allowedAddresses} />
          </Line>
        </ul>
      </CardBody>
    </Card>
  );
}

function Line(props: { icon: ReactNode; className?: string; children: ReactNode }) {
  return (
    <li className={`flex gap-2.5 [&_b]:font-semibold ${props.className ?? ""}`}>
      <span aria-hidden className="mt-0.5 text-ink-3 [&_svg]:size-4">
        {props.icon}
      </span>
      <span className="min-w-0">{props.children}</span>
    </li>
  );
}

function Recipients({ scopes }: { scopes: readonly Scope[] }) {
  const { recipientsPerMinute, recipientsPerDay } = proposedLimits(scopes);
  return (
    <>
      Writes to at most{" "}
      {scopes.includes("emails:send") && (
        <>
          <b>{countOf(recipientsPerMinute, "recipient")} a minute</b> and{" "}
        </>
      )}
      {countOf(recipientsPerDay, "recipient")} a day
      {scopes.includes("campaigns:send") && ", the people of its campaigns among them"}. An admin
      can change that on the key’s page.
    </>
  );
}

function Lifetime({ expiry, today }: { expiry: Expiry; today: Date }) {
  const end = endOf(expiry, today);
  if (expiry.kind === "never") return "Works until someone revokes it";
  if (!end) return "Works until the day you choose";
  return (
    <>
      Works until {expiry.kind === "days" && "about "}
      <b>
        <ChosenInstant at={end} />
      </b>
      . The console warns you {EXPIRING_SOON_DAYS} days before.
    </>
  );
}

function endOf(expiry: Expiry, today: Date): Date | null {
  const { expiresAt } = expiryFrom(expiry, today);
  // A past day is refused when the form is sent, like an invalid one.
  return expiresAt && expiresAt > today ? expiresAt : null;
}

function Audiences({ names }: { names: readonly string[] }) {
  const [first, ...others] = names;
  const more = others.length > 0 ? ` and ${countOf(others.length, "other audience")}` : "";
  return (
    <>
      Only contacts in <b>{first}</b>
      {more}
    </>
  );
}

/** The ranges that hold every IP address. Shown as limits they would promise a limit that is none. */
const EVERY_ADDRESS: Record<string, string> = {
  "0.0.0.0/0": "any IPv4 address",
  "::/0": "any IPv6 address",
};

function Origins({ addresses }: { addresses: readonly string[] }) {
  const blocks = useBlocks(addresses);
  const open = Object.keys(EVERY_ADDRESS).filter((block) => blocks.has(block));
  if (blocks.size === 0 || open.length > 1) return "From anywhere";
  const [first = "", ...others] = [...new Set([...open, ...blocks])];
  const more = others.length > 0 ? ` and ${countOf(others.length, "other place")}` : "";
  const everyone = EVERY_ADDRESS[first];
  return (
    <>
      {everyone ? "From" : "Only from"} <b>{everyone ?? first}</b>
      {more}
    </>
  );
}

/**
 * The typed IP addresses as they will be stored: each once, without those the form will refuse. As typed, until the
 * schema is here.
 */
function useBlocks(addresses: readonly string[]): Set<string> {
  const schemas = useOnDemand(keySchemas, addresses.length > 0);
  if (!schemas) return new Set(addresses);
  return new Set(
    addresses.flatMap((typed) => {
      const block = schemas.addressBlock.safeParse(typed);
      return block.success ? [block.data] : [];
    }),
  );
}
