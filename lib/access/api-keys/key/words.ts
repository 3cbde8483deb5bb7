import { PRESETS } from "@/lib/access/api-keys/key/presets";
import { isScope, RESOURCES, type Scope } from "@/lib/people/auth/scopes";
import { listed } from "@/lib/platform/format/list";
import type { Environment, RevokeReason } from "@/prisma/generated/enums";

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
  const can = RESOURCES.flatMap(({ all, actions }) => {
    const granted = actions.filter(({ scope }) => held.has(scope));
    return granted.length === actions.length ? [all] : granted.map((action) => action.can);
  });
  return { can, cannot: cannotDo(held) };
}

/** What a key lacks without each scope, in the order of what people worry about. Null where nobody asks. */
const WITHOUT: Record<Scope, string | null> = {
  "emails:send": "Can't send single emails",
  "campaigns:send": "Can't send campaigns",
  "contacts:read": "Can't look contacts up",
  "contacts:write": "Can't change or delete contacts",
  "campaigns:read": "Can't read campaign results",
  "audiences:read": null,
  "audiences:write": null,
  "emails:read": null,
  "templates:read": null,
  "templates:write": null,
  "events:read": null,
  "events:write": null,
  "webhooks:write": null,
};

const WORRIES = Object.keys(WITHOUT).filter(isScope);

/** Scopes whose absence together has words of its own. */
const WITHOUT_ALL: readonly { scopes: readonly Scope[]; words: string }[] = [
  { scopes: ["emails:send", "campaigns:send"], words: "Can't send anything to anyone" },
  { scopes: ["contacts:read", "contacts:write"], words: "Can't see or change contacts" },
];

function cannotDo(held: ReadonlySet<string>): string[] {
  const lacked = WORRIES.filter((scope) => !held.has(scope));
  const said = lacked.map((scope) => togetherWith(scope, lacked) ?? WITHOUT[scope]);
  return [...new Set(said.filter((words) => words !== null)), ...cannotReachTheRest(held)];
}

/** The words for a whole group of lacked scopes that `scope` belongs to. */
function togetherWith(scope: Scope, lacked: readonly Scope[]): string | null {
  const group = WITHOUT_ALL.find(({ scopes }) => scopes.includes(scope));
  return group?.scopes.every((one) => lacked.includes(one)) ? group.words : null;
}

function cannotReachTheRest(held: ReadonlySet<string>): string[] {
  const rest = RESOURCES.filter(({ actions }) =>
    actions.every(({ scope }) => WITHOUT[scope] === null && !held.has(scope)),
  );
  if (rest.length === 0) return [];
  const names = rest.map(({ label }) => label.toLowerCase());
  return [`Can't reach ${listed(names, "or")}`];
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
