import { SECRET_PATTERN } from "@/lib/api-keys/secret";

/** Query parameters by which other APIs take a key, without case, hyphens and underscores. */
const KEY_PARAMETERS = new Set([
  "accesstoken",
  "apikey",
  "apitoken",
  "auth",
  "authorization",
  "authtoken",
  "bearer",
  "key",
  "secret",
  "token",
  "xapikey",
]);

const PREFIX = "pstn_";
/** `pstn_live_` and `pstn_test_` tell nothing. */
const PUBLIC_LENGTH = 10;

/** A key, or a parameter meant for one, in an address. `secret` is null when none of ours is in it. */
export type KeyInUrl = { secret: string | null };

/** Looks for a key in a request's path and query, percent-encoded or not; null when there is none. */
export function findKeyInUrl(url: string): KeyInUrl | null {
  const queryAt = url.indexOf("?");
  if (queryAt < 0 && !url.includes(PREFIX) && !url.includes("%")) return null;
  const secret = decoded(url).match(SECRET_PATTERN)?.[0] ?? null;
  if (secret) return { secret };
  return queryAt >= 0 && hasKeyParameter(url.slice(queryAt + 1)) ? { secret: null } : null;
}

/** A path with every key in it replaced by its public prefix, percent-encoded keys too. */
export function pathWithoutSecrets(path: string): string {
  if (!path.includes(PREFIX) && !path.includes("%")) return path;
  const plain = decoded(path);
  return plain.search(SECRET_PATTERN) < 0 ? path : encodeURI(textWithoutSecrets(plain));
}

/** A text with every key in it replaced by its public prefix. */
export function textWithoutSecrets(text: string): string {
  if (!text.includes(PREFIX)) return text;
  return text.replaceAll(SECRET_PATTERN, (secret) => `${secret.slice(0, PUBLIC_LENGTH)}redacted`);
}

function hasKeyParameter(query: string): boolean {
  for (const name of new URLSearchParams(query).keys()) {
    if (KEY_PARAMETERS.has(name.toLowerCase().replaceAll(/[-_]/g, ""))) return true;
  }
  return false;
}

function decoded(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
