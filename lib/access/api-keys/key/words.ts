import { PRESETS } from "@/lib/access/api-keys/key/presets";
import { RESOURCES, SCOPES, type Scope, scopeInWords } from "@/lib/people/auth/scopes";
import type { Environment, RevokeReason } from "@/prisma/generated/enums";

type ResourceId = (typeof RESOURCES)[number]["id"];

/** What holding both scopes of a resource comes to, in one line. */
const BOTH: Record<ResourceId, string> = {
  contacts: "See and change contacts",
  audiences: "See and change audiences",
  emails: "Send single emails, and see them",
  templates: "See and change templates",
  campaigns: "Send campaigns, and see their results",
  events: "Record and see what contacts do",
};

/** Why keys are revoked, in words. */
export const REVOKE_REASONS = {
  no_longer_needed: "No longer needed",
  compromised: "Compromised: somebody else may have it",
  other: "Other",
} satisfies Record<RevokeReason, string>;

/** What an environment is called. */
export const ENVIRONMENT_WORDS: Record<Environment, string> = { live: "Live", test: "Test" };

const SHORT_ACTIONS = { Read: "read", Change: "change", Send: "send", Record: "record" } as const;

/** What a key can do and what it cannot, in a marketer's words. Safe in a browser. */
export type Abilities = { can: readonly string[]; cannot: readonly string[] };

/** What `scopes` let a key do, resource by resource, and the things people worry about that they do not. */
export function abilitiesOf(scopes: readonly Scope[]): Abilities {
  const held = new Set<string>(scopes);
  const can = RESOURCES.flatMap(({ id, actions }) => {
    const granted = actions.filter(({ scope }) => held.has(scope));
    return granted.length === actions.length ? [BOTH[id]] : granted.map((action) => action.can);
  });
  return { can, cannot: cannotDo(held) };
}

function cannotDo(held: ReadonlySet<string>): string[] {
  return [
    ...cannotSend(held),
    ...cannotTouchContacts(held),
    ...(held.has("campaigns:read") ? [] : ["Can't read campaign results"]),
    ...cannotReachTheRest(held),
  ];
}

function cannotSend(held: ReadonlySet<string>): string[] {
  const emails = held.has("emails:send");
  const campaigns = held.has("campaigns:send");
  if (emails && campaigns) return [];
  if (emails) return ["Can't send campaigns"];
  return [campaigns ? "Can't send single emails" : "Can't send anything to anyone"];
}

function cannotTouchContacts(held: ReadonlySet<string>): string[] {
  const sees = held.has("contacts:read");
  const changes = held.has("contacts:write");
  if (sees && changes) return [];
  if (changes) return ["Can't look contacts up"];
  return [sees ? "Can't change or delete contacts" : "Can't see or change contacts"];
}

function cannotReachTheRest(held: ReadonlySet<string>): string[] {
  const rest = RESOURCES.filter(
    ({ id, actions }) =>
      id !== "contacts" &&
      id !== "emails" &&
      id !== "campaigns" &&
      !actions.some(({ scope }) => held.has(scope)),
  );
  if (rest.length === 0) return [];
  return [
    `Can't reach ${listed(
      rest.map(({ label }) => label.toLowerCase()),
      "or",
    )}`,
  ];
}

/** What a key reaches, short enough for a row: "Contacts, audiences" and below it "read and change". */
export function reachOf(scopes: readonly Scope[]): { resources: string; actions: string } {
  const held = new Set<string>(scopes);
  const reached = RESOURCES.filter(({ actions }) => actions.some(({ scope }) => held.has(scope)));
  const actions = new Set(
    reached.flatMap((resource) =>
      resource.actions.flatMap(({ scope, label }) =>
        held.has(scope) ? [SHORT_ACTIONS[label]] : [],
      ),
    ),
  );
  const names = reached.map(({ label }, place) => (place === 0 ? label : label.toLowerCase()));
  return { resources: names.join(", "), actions: listed([...actions], "and") };
}

function listed(words: readonly string[], conjunction: "and" | "or"): string {
  const last = words[words.length - 1];
  if (last === undefined || words.length === 1) return last ?? "";
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/** Scopes as a record holds them: "Contacts → Read, Emails → Send". One that is no more stays as it is. */
export function scopesInWords(scopes: readonly string[]): string {
  const known = SCOPES.filter((scope) => scopes.includes(scope)).map(scopeInWords);
  const gone = scopes.filter((scope) => !SCOPES.some((one) => one === scope));
  return [...known, ...gone].join(", ");
}

/** Why a key was revoked, as a record holds it. */
export function revokeReasonInWords(reason: string): string {
  const known: Partial<Record<string, string>> = REVOKE_REASONS;
  return known[reason] ?? reason;
}

/** What a key was made for, as a record holds it. */
export function useCaseInWords(useCase: string): string {
  return PRESETS.find(({ id }) => id === useCase)?.label ?? useCase;
}
