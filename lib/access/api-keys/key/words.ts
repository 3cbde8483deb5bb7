import { PRESETS } from "@/lib/access/api-keys/key/presets";
import { isScope, RESOURCES, type Scope } from "@/lib/people/auth/scopes";
import { listed } from "@/lib/platform/format/list";
import type { Environment, RevokeReason } from "@/prisma/generated/enums";

type ResourceId = (typeof RESOURCES)[number]["id"];

/** The ability that both scopes of a resource give together. */
const BOTH: Record<ResourceId, string> = {
  contacts: "See and change contacts",
  audiences: "See and change audiences",
  emails: "Send single emails, and see them",
  templates: "See and change templates",
  campaigns: "Send campaigns, and see their results",
  events: "Record and see what contacts do",
};

/** The reasons for revoking a key, in words. */
export const REVOKE_REASONS = {
  no_longer_needed: "No longer needed",
  compromised: "Compromised: somebody else may have it",
  other: "Other",
} satisfies Record<RevokeReason, string>;

/** The name of each environment. */
export const ENVIRONMENT_WORDS: Record<Environment, string> = { live: "Live", test: "Test" };

const SHORT_ACTIONS = { Read: "read", Change: "change", Send: "send", Record: "record" } as const;

/** The abilities that a key has and those that it lacks, in a marketer's words. Safe in a browser. */
export type Abilities = { can: readonly string[]; cannot: readonly string[] };

/** The abilities that `scopes` give, by resource, and the ones people worry about that they do not give. */
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

/** The resources a key reaches, and its actions on them, for a row: "Contacts, audiences", "read and change". */
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

/** The words for each scope, such as "read contacts". A scope that this version does not know stays as it is. */
export function scopesInWords(scopes: readonly string[]): string[] {
  const known = RESOURCES.flatMap(({ label, actions }) =>
    actions
      .filter(({ scope }) => scopes.includes(scope))
      .map((action) => `${SHORT_ACTIONS[action.label]} ${label.toLowerCase()}`),
  );
  return [...known, ...scopes.filter((scope) => !isScope(scope))];
}

/** The words for a use case. A use case that this version does not know stays as it is. */
export function useCaseInWords(useCase: string): string {
  return PRESETS.find(({ id }) => id === useCase)?.label ?? useCase;
}
