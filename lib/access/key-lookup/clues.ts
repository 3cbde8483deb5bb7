import { hashSecret, isWellFormedSecret, SECRET_PATTERN } from "@/lib/access/api-keys/key/secret";
import type { Environment } from "@/prisma/generated/enums";

/** Four characters at one end of a secret, and the environment that its prefix names. */
export type SecretPart = { environment: Environment; four: string };

/** All that a text says of keys: the hashes of whole secrets, and the ends of others. */
export type Clues = { hashes: string[]; beginnings: SecretPart[]; endings: SecretPart[] };

/** The clues of each kind that are looked up. A longer list is a dump, and its first ones say whose it is. */
const CLUES_MAX = 20;

/** A secret behind its prefix with its middle left out, as hints and scanners show it: `pstn_live_…x7Qd`. */
const MASKED = /\bpstn_(live|test)_[*.•…·#-]{1,64}([0-9A-Za-z]{4})(?![0-9A-Za-z])/g;
/** At least four characters of a secret behind its prefix. */
const BEGUN = /\bpstn_(live|test)_([0-9A-Za-z]{4})/g;

/**
 * The clues in a text, whatever stands around them. A whole secret is a clue by its hash alone: one that nobody
 * has must not look like another that begins or ends alike.
 */
export function cluesIn(text: string): Clues {
  const whole = (text.match(SECRET_PATTERN) ?? []).filter(isWellFormedSecret);
  const rest = text.replaceAll(SECRET_PATTERN, (found) =>
    isWellFormedSecret(found) ? " " : found,
  );
  return {
    hashes: [...new Set(whole)].slice(0, CLUES_MAX).map(hashSecret),
    beginnings: partsIn(rest, BEGUN),
    endings: partsIn(rest, MASKED),
  };
}

/** Whether there is nothing to look up. */
export function isWithoutClue({ hashes, beginnings, endings }: Clues): boolean {
  return hashes.length + beginnings.length + endings.length === 0;
}

function partsIn(text: string, pattern: RegExp): SecretPart[] {
  const parts = new Map<string, SecretPart>();
  for (const [, environment, four] of text.matchAll(pattern)) {
    if (parts.size === CLUES_MAX) break;
    if (four && (environment === "live" || environment === "test")) {
      parts.set(`${environment}_${four}`, { environment, four });
    }
  }
  return [...parts.values()];
}
