import { textWithoutSecrets } from "@/lib/platform/format/secret-text";

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
/** A whole key, also where other text stands right beside it. */
const SECRET = /pstn_(?:live|test)_[0-9A-Za-z]{38}/;
/** How often a URL is percent-decoded to look for a key. Nobody encodes more often than this by mistake. */
const MAX_DECODINGS = 3;

/** A key, or a parameter meant for one, in a URL. `secret` is null when the URL holds no key of ours. */
export type KeyInUrl = { secret: string | null };

/** Looks for a key in a request's path and query, percent-encoded or not. Null when there is none. */
export function findKeyInUrl(url: string): KeyInUrl | null {
  const queryAt = url.indexOf("?");
  if (queryAt < 0 && !url.includes(PREFIX) && !url.includes("%")) return null;
  const secret = SECRET.exec(decoded(url))?.[0] ?? null;
  if (secret) return { secret };
  return queryAt >= 0 && hasKeyParameter(url.slice(queryAt + 1)) ? { secret: null } : null;
}

/** A path with every key in it replaced by its public prefix, percent-encoded keys too. */
export function pathWithoutSecrets(path: string): string {
  if (!path.includes("_") && !path.includes("%")) return path;
  const plain = decoded(path);
  const clean = textWithoutSecrets(plain);
  return clean === plain ? path : encodeURI(clean);
}

function hasKeyParameter(query: string): boolean {
  for (const name of new URLSearchParams(query).keys()) {
    if (KEY_PARAMETERS.has(name.toLowerCase().replaceAll(/[-_]/g, ""))) return true;
  }
  return false;
}

function decoded(text: string): string {
  let plain = text;
  for (let times = 0; times < MAX_DECODINGS && plain.includes("%"); times += 1) {
    plain = plain.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  return plain;
}
