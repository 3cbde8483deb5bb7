import type { Scope } from "@/lib/people/auth/scopes";

/**
 * The use cases, each with the fewest scopes a tool of that kind needs. The ids are part of deep links
 * (`/settings/api-keys/new?use=crm-sync`). Safe in a browser.
 */
export const PRESETS = [
  {
    id: "crm-sync",
    label: "CRM sync",
    explanation: "Keep contacts the same in your CRM and here",
    scopes: ["contacts:read", "contacts:write", "audiences:read"],
  },
  {
    id: "transactional-email",
    label: "Transactional email",
    explanation: "Order confirmations, receipts, password resets",
    scopes: ["emails:read", "emails:send", "templates:read"],
  },
  {
    id: "analytics",
    label: "Analytics",
    explanation: "Read how campaigns perform",
    scopes: ["emails:read", "campaigns:read", "events:read"],
  },
  {
    id: "personalization",
    label: "Personalization",
    explanation: "Act on what people do",
    scopes: ["contacts:read", "events:read", "events:write"],
  },
  {
    id: "custom",
    label: "Custom",
    explanation: "Choose every permission yourself",
    scopes: [],
  },
] as const satisfies readonly {
  id: string;
  label: string;
  explanation: string;
  scopes: readonly Scope[];
}[];

export type UseCase = (typeof PRESETS)[number]["id"];

/** The ids of all use cases, in the order the console shows them. */
export const USE_CASES: readonly UseCase[] = PRESETS.map((preset) => preset.id);

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
