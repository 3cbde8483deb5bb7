import type { Scope } from "@/lib/people/auth/scopes";

/** The recipients of a key that was not made for sending, in case it is given the permission later. */
const FEW_RECIPIENTS = { recipientsPerMinute: 60, recipientsPerDay: 1_000 } as const;

/** The people a day of a key that sends campaigns, which go to whole audiences. */
const CAMPAIGN_RECIPIENTS = 100_000;

/**
 * The use cases, each with the fewest scopes a tool of that kind needs, and with the recipients that its keys
 * are proposed to write to. The ids are part of deep links
 * (`/settings/api-keys/new?use=crm-sync`). Safe in a browser.
 */
export const PRESETS = [
  {
    id: "crm-sync",
    label: "CRM sync",
    explanation: "Keep contacts the same in your CRM and here",
    limits: FEW_RECIPIENTS,
    scopes: ["contacts:read", "contacts:write", "audiences:read"],
  },
  {
    id: "transactional-email",
    label: "Transactional email",
    explanation: "Order confirmations, receipts, password resets",
    limits: { recipientsPerMinute: 1_000, recipientsPerDay: 50_000 },
    scopes: ["emails:read", "emails:send", "templates:read"],
  },
  {
    id: "analytics",
    label: "Analytics",
    explanation: "Read how campaigns perform",
    limits: FEW_RECIPIENTS,
    scopes: ["emails:read", "campaigns:read", "events:read"],
  },
  {
    id: "personalization",
    label: "Personalization",
    explanation: "Act on what people do",
    limits: FEW_RECIPIENTS,
    scopes: ["contacts:read", "events:read", "events:write"],
  },
  {
    id: "custom",
    label: "Custom",
    explanation: "Choose every permission yourself",
    limits: { recipientsPerMinute: 1_000, recipientsPerDay: 20_000 },
    scopes: [],
  },
] as const satisfies readonly {
  id: string;
  label: string;
  explanation: string;
  limits: RecipientLimits;
  scopes: readonly Scope[];
}[];

export type UseCase = (typeof PRESETS)[number]["id"];

/** The ids of all use cases, in the order the console shows them. */
export const USE_CASES: readonly UseCase[] = PRESETS.map((preset) => preset.id);

/** How many recipients a key may write to. */
export type RecipientLimits = { recipientsPerMinute: number; recipientsPerDay: number };

/** The scopes that a form fills in for a use case. */
export function presetScopes(useCase: UseCase): readonly Scope[] {
  return PRESETS.find((preset) => preset.id === useCase)?.scopes ?? [];
}

/** The use case that has exactly these scopes, or `custom`. */
export function presetOf(scopes: readonly Scope[]): UseCase {
  const given = new Set(scopes);
  const fitting = PRESETS.find(
    (preset) =>
      preset.id !== "custom" &&
      preset.scopes.length === given.size &&
      preset.scopes.every((scope) => given.has(scope)),
  );
  return fitting?.id ?? "custom";
}

/**
 * The limits that a new key with exactly these scopes gets: enough for a campaign to a large audience, where it may
 * send some. An admin may change them on its page.
 */
export function proposedLimits(scopes: readonly Scope[]): RecipientLimits {
  const useCase = presetOf(scopes);
  const { limits } = PRESETS.find((preset) => preset.id === useCase) ?? { limits: FEW_RECIPIENTS };
  return scopes.includes("campaigns:send")
    ? { ...limits, recipientsPerDay: Math.max(limits.recipientsPerDay, CAMPAIGN_RECIPIENTS) }
    : { ...limits };
}

/** Whether a key with these scopes writes to people at all. */
export function writesToPeople(scopes: readonly Scope[]): boolean {
  return scopes.includes("emails:send") || scopes.includes("campaigns:send");
}
