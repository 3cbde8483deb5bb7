import { presetScopes, USE_CASES, type UseCase } from "@/lib/api-keys/presets";
import {
  ADDRESSES_MAX,
  createKeyInput,
  DEFAULT_EXPIRY_DAYS,
  DESCRIPTION_MAX,
  EXPIRY_DAYS,
  type Expiry,
  NAME_MAX,
} from "@/lib/api-keys/schema";
import { isScope, type Scope } from "@/lib/api-keys/scopes";
import { plainText } from "@/lib/text";
import { Environment } from "@/prisma/generated/enums";
import { splitAddresses } from "./split-addresses";

/** What the form for a new key starts with. */
export type NewKeyValues = {
  useCase: UseCase | undefined;
  name: string;
  description: string;
  scopes: Scope[];
  environment: Environment;
  expiry: Expiry;
  allowedAddresses: string[];
};

/** A form filled by a link, and the parts of the link that mean nothing here. */
export type Prefill = { values: NewKeyValues; ignored: readonly string[] };

type Search = Record<string, string | string[] | undefined>;

const ADDRESS_TEXT_MAX = 64;

/**
 * The start of the form under the address `/settings/api-keys/new?use=…&name=…&scopes=…`. A link only fills
 * in: what it asks for that does not exist is left out and named, never guessed.
 */
export function prefillFrom(search: Search): Prefill {
  const ignored: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined): T | undefined => {
    const given = search[name];
    if (given === undefined || given === "") return undefined;
    const parsed = typeof given === "string" ? parse(given) : undefined;
    if (parsed === undefined) ignored.push(`${name} “${String(given).slice(0, NAME_MAX)}”`);
    return parsed;
  };

  const useCase = read("use", (text) => USE_CASES.find((known) => known === text));
  const scopes = read("scopes", (text) => knownScopes(text, ignored));
  const values: NewKeyValues = {
    useCase: useCase ?? (scopes ? "custom" : undefined),
    name: read("name", (text) => plain(text, NAME_MAX)) ?? "",
    description: read("description", (text) => plain(text, DESCRIPTION_MAX)) ?? "",
    scopes: scopes ?? [...(useCase ? presetScopes(useCase) : [])],
    environment: read("environment", environmentOf) ?? "live",
    expiry: read("expires", expiryOf) ?? { kind: "days", days: DEFAULT_EXPIRY_DAYS },
    allowedAddresses: read("addresses", addressesOf) ?? [],
  };
  return { values, ignored };
}

/** The scopes that exist; the others are named one by one. */
function knownScopes(text: string, ignored: string[]): Scope[] | undefined {
  const asked = text.split(/[\s,]+/).filter(Boolean);
  const known = asked.filter(isScope);
  if (known.length === 0) return undefined;
  for (const scope of asked) {
    if (!isScope(scope)) ignored.push(`scopes “${scope.slice(0, NAME_MAX)}”`);
  }
  return [...new Set(known)];
}

function plain(text: string, maxLength: number): string | undefined {
  return plainText(maxLength).safeParse(text).data;
}

function environmentOf(text: string): Environment | undefined {
  return Object.values(Environment).find((known) => known === text);
}

function expiryOf(text: string): Expiry | undefined {
  if (text === "never") return { kind: "never" };
  const days = EXPIRY_DAYS.find((offered) => String(offered) === text);
  if (days) return { kind: "days", days };
  return createKeyInput.shape.expiry.safeParse({ kind: "date", date: text }).data;
}

function addressesOf(text: string): string[] | undefined {
  const addresses = splitAddresses(text);
  const usable = addresses.every((address) => address.length <= ADDRESS_TEXT_MAX);
  return usable && addresses.length <= ADDRESSES_MAX ? addresses : undefined;
}
