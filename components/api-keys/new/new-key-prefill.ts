import {
  ADDRESSES_MAX,
  DEFAULT_EXPIRY_DAYS,
  DESCRIPTION_MAX,
  EXPIRY_DAYS,
  NAME_MAX,
} from "@/lib/access/api-keys/key/limits";
import { presetScopes, USE_CASES, type UseCase } from "@/lib/access/api-keys/key/presets";
import { createKeyInput, type Expiry } from "@/lib/access/api-keys/key/schema";
import { isScope, type Scope } from "@/lib/people/auth/scopes";
import { plainText } from "@/lib/platform/text";
import { Environment } from "@/prisma/generated/enums";
import { splitAddresses } from "../fields/split-addresses";

/** The values the form for a new key starts with. */
export type NewKeyValues = {
  useCase: UseCase | undefined;
  name: string;
  description: string;
  scopes: Scope[];
  environment: Environment;
  expiry: Expiry;
  allowedAddresses: string[];
};

/** A form filled by a link, and for each part of the link that could not be used a clause that says why. */
export type Prefill = { values: NewKeyValues; leftOut: readonly string[] };

type Search = Record<string, string | string[] | undefined>;

/** The value of a part of a link, and why some or all of it could not be used. */
type Parsed<T> = { value?: T | undefined; leftOut?: readonly string[] };

const ADDRESS_TEXT_MAX = 64;
const QUOTED_MAX = 80;

/** The parts of a link, as the notice calls them. */
const PARTS = {
  use: "the use case",
  name: "the name",
  description: "the description",
  scopes: "the permission",
  environment: "the environment",
  expires: "the expiry",
  addresses: "the IP addresses",
} as const;

/**
 * The start of the form under the URL `/settings/api-keys/new?use=…&name=…&scopes=…`. A link only fills
 * in: the parts that cannot be used are left out and named, never guessed.
 */
export function prefillFrom(search: Search): Prefill {
  const leftOut: string[] = [];
  const read = <T>(part: keyof typeof PARTS, parse: (text: string) => Parsed<T>): T | undefined => {
    const given = search[part];
    if (Array.isArray(given)) leftOut.push(`${PARTS[part]} is given more than once`);
    if (typeof given !== "string" || given.trim() === "") return undefined;
    const parsed = parse(given);
    leftOut.push(...(parsed.leftOut ?? []));
    return parsed.value;
  };

  const useCase = read("use", (text) =>
    known(
      "use",
      text,
      USE_CASES.find((one) => one === text),
    ),
  );
  const scopes = read("scopes", knownScopes);
  const values: NewKeyValues = {
    useCase: useCase ?? (scopes ? "custom" : undefined),
    name: read("name", (text) => plain("name", text, NAME_MAX)) ?? "",
    description: read("description", (text) => plain("description", text, DESCRIPTION_MAX)) ?? "",
    scopes: scopes ?? [...(useCase ? presetScopes(useCase) : [])],
    environment: read("environment", environmentOf) ?? "live",
    expiry: read("expires", expiryOf) ?? { kind: "days", days: DEFAULT_EXPIRY_DAYS },
    allowedAddresses: read("addresses", addressesOf) ?? [],
  };
  return { values, leftOut };
}

/** `value`, or that the part of the link asks for nothing that there is. */
function known<T>(part: keyof typeof PARTS, text: string, value: T | undefined): Parsed<T> {
  return value === undefined ? { leftOut: [`${quoted(part, text)} does not exist`] } : { value };
}

/** The scopes that exist; the others are named one by one. */
function knownScopes(text: string): Parsed<Scope[]> {
  const asked = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  const scopes = asked.filter(isScope);
  return {
    value: scopes.length > 0 ? scopes : undefined,
    leftOut: asked
      .filter((scope) => !isScope(scope))
      .map((scope) => `${quoted("scopes", scope)} does not exist`),
  };
}

function plain(part: keyof typeof PARTS, text: string, maxLength: number): Parsed<string> {
  if (text.length > maxLength) {
    return { leftOut: [`${PARTS[part]} is longer than ${maxLength} characters`] };
  }
  const value = plainText(maxLength).safeParse(text).data;
  if (value !== undefined) return { value };
  return { leftOut: [`${PARTS[part]} has characters that cannot be stored`] };
}

function environmentOf(text: string): Parsed<Environment> {
  return known(
    "environment",
    text,
    Object.values(Environment).find((one) => one === text),
  );
}

function expiryOf(text: string): Parsed<Expiry> {
  if (text === "never") return { value: { kind: "never" } };
  const days = EXPIRY_DAYS.find((offered) => String(offered) === text);
  if (days) return { value: { kind: "days", days } };
  const date = createKeyInput.shape.expiry.safeParse({ kind: "date", date: text }).data;
  return known("expires", text, date);
}

function addressesOf(text: string): Parsed<string[]> {
  const addresses = splitAddresses(text);
  if (addresses.length > ADDRESSES_MAX) {
    return { leftOut: [`there are more than ${ADDRESSES_MAX} IP addresses`] };
  }
  const long = addresses.find((address) => address.length > ADDRESS_TEXT_MAX);
  return long ? { leftOut: ["one of the IP addresses is too long"] } : { value: addresses };
}

function quoted(part: keyof typeof PARTS, text: string): string {
  const cut = text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX)}…` : text;
  return `${PARTS[part]} “${cut}”`;
}
