import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { countAudiences } from "@/lib/mail/audiences/count-audiences";
import { countContacts } from "@/lib/mail/contacts/count-contacts";
import { domainChoices } from "@/lib/mail/sending-domains/member-domains";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Scope } from "@/lib/people/auth/scopes";
import { listed } from "@/lib/platform/format/list";
import { countOf, formatCount } from "@/lib/platform/format/number";

/** The numbers behind what a key could do to people. */
export type Reach = { contacts: number; audiences: number; sendingDomains: readonly string[] };

/**
 * The things that a key could do in somebody else's hands and those that it could not, in a marketer's words. The worst
 * come first.
 */
export type BlastRadius = {
  could: readonly { words: string; isHarmful: boolean }[];
  couldNot: string | null;
  reach: Reach;
};

/**
 * The things that a leaked key could do, by its scopes, the audiences, domains and addresses it is limited to, and the
 * counts.
 */
export async function blastRadiusOf(
  actor: MemberActor,
  key: KeyDetails,
  now: Date,
): Promise<BlastRadius> {
  const within = { environment: key.environment, audiences: key.audiences.map(({ id }) => id) };
  const [contacts, audiences, allDomains] = await Promise.all([
    countContacts(actor, within, now),
    countAudiences(actor, within),
    key.sendingDomains.length > 0 ? [] : domainChoices(actor),
  ]);
  const sendingDomains = key.sendingDomains.length > 0 ? key.sendingDomains : allDomains;
  const reach = { contacts, audiences, sendingDomains };
  return { ...radiusInWords(key, reach), reach };
}

type Limits = Pick<KeyDetails, "environment" | "scopes" | "allowedAddresses" | "recipientsPerDay">;

/** `blastRadiusOf` with counts that are known already. */
export function radiusInWords(key: Limits, reach: Reach): Omit<BlastRadius, "reach"> {
  const held = new Set<string>(key.scopes);
  const could = ABILITIES.flatMap(({ scopes, words, isHarmful }) => {
    const given = scopes.filter((scope) => held.has(scope));
    return given.length > 0
      ? [{ words: words(given, reach, key), isHarmful: isHarmful(given) }]
      : [];
  });
  const lacked = ABILITIES.filter(({ scopes }) => !scopes.some((scope) => held.has(scope)));
  const names = lacked.map(({ name }) => name);
  return {
    could: [...could, ...onlyFrom(key)],
    couldNot: names.length > 0 ? `${upperFirst(listed(names, "and"))}: no` : null,
  };
}

/** Something that keys can do to people or their data, with the scopes that give it. */
type Ability = {
  name: string;
  scopes: readonly Scope[];
  words: (given: readonly Scope[], reach: Reach, key: Limits) => string;
  /** True where it does harm by itself. Reading data that is about nobody does none. */
  isHarmful: (given: readonly Scope[]) => boolean;
};

const always = () => true;
const whereItWrites = (given: readonly Scope[]) => given.some((scope) => !scope.endsWith(":read"));

const ABILITIES: readonly Ability[] = [
  {
    name: "single emails",
    scopes: ["emails:send", "emails:read"],
    words: (given, reach, key) =>
      given.includes("emails:send")
        ? `Send email to anybody${asSender(reach, key)}, up to ${countOf(key.recipientsPerDay, "recipient")} a day`
        : "Read the emails that keys sent",
    isHarmful: always,
  },
  {
    name: "campaigns",
    scopes: ["campaigns:send", "campaigns:read"],
    words: (given, reach, key) =>
      given.includes("campaigns:send")
        ? `Send campaigns to ${countOf(reach.contacts, "contact")}${asSender(reach, key)}`
        : "Read campaigns and their results",
    isHarmful: whereItWrites,
  },
  {
    name: "contacts",
    scopes: ["contacts:read", "contacts:write"],
    words: (given, { contacts }) => `${readOrChange(given)} ${countOf(contacts, "contact")}`,
    isHarmful: always,
  },
  {
    name: "webhooks",
    scopes: ["webhooks:write"],
    words: () => "Have everything that happens sent to any URL",
    isHarmful: always,
  },
  {
    name: "audiences",
    scopes: ["audiences:read", "audiences:write"],
    words: (given, { audiences }) => `${readOrChange(given)} ${countOf(audiences, "audience")}`,
    isHarmful: whereItWrites,
  },
  {
    name: "templates",
    scopes: ["templates:read", "templates:write"],
    words: (given) => `${readOrChange(given)} templates`,
    isHarmful: whereItWrites,
  },
  {
    name: "events",
    scopes: ["events:read", "events:write"],
    words: (given, { contacts }) => {
      const people = countOf(contacts, "contact");
      if (!given.includes("events:write")) return `Read what ${people} did`;
      const both = given.includes("events:read");
      return `${both ? "Read and invent" : "Invent"} events of ${people}`;
    },
    isHarmful: always,
  },
];

function readOrChange(given: readonly Scope[]): string {
  const reads = given.some((scope) => scope.endsWith(":read"));
  const writes = given.some((scope) => scope.endsWith(":write"));
  if (reads && writes) return "Read and change";
  return writes ? "Change" : "Read";
}

/** The sender, such as “ as northwind-tea.example”. Empty where emails stay here or any sender would do. */
function asSender({ sendingDomains }: Reach, { environment }: Limits): string {
  if (environment === "test") return " (test emails never leave)";
  const [first] = sendingDomains;
  if (!first) return " from any address";
  const more = sendingDomains.length - 1;
  return more > 0 ? ` as ${first} and ${formatCount(more)} more` : ` as ${first}`;
}

function onlyFrom({ allowedAddresses }: Limits): BlastRadius["could"] {
  if (allowedAddresses.length === 0) return [];
  const words = `All of it only from ${listed(allowedAddresses.slice(0, 3), "or")}`;
  const more = allowedAddresses.length - 3;
  const rest = more > 0 ? ` and ${countOf(more, "more address", "more addresses")}` : "";
  return [{ words: words + rest, isHarmful: false }];
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
