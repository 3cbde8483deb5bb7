import { hash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Environment } from "@/prisma/generated/enums";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX_LENGTH = "pstn_live_".length;
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^pstn_(live|test)_[0-9A-Za-z]{38}$/;

/** Finds secrets in other text. Check each with `isWellFormedSecret` to rule out false positives. */
export const SECRET_PATTERN = /\bpstn_(?:live|test)_[0-9A-Za-z]{38}\b/g;

/**
 * The stored parts of a secret: the hash by which it is found, the last four characters, which people see, and the
 * first four random ones, by which its beginning is told.
 */
export type StorableSecret = { hash: string; lastFour: string; firstFour: string };

/** A new secret with 190 random bits from the operating system (`randomInt` has no modulo bias). */
export function generateSecret(environment: Environment): string {
  let body = `pstn_${environment}_`;
  for (let position = 0; position < RANDOM_LENGTH; position += 1) body += BASE62[randomInt(62)];
  return body + checksum(body);
}

/**
 * Whether `text` has the shape of a secret and a correct checksum. It tells a real secret from a typo, or from
 * text that only looks like one, without a query.
 */
export function isWellFormedSecret(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return checksum(body) === text.slice(-CHECKSUM_LENGTH);
}

/**
 * The parts of `secret` to store. A slow hash would add nothing: the other parts tell less than 50 of its 190 random
 * bits, and the rest cannot be guessed.
 */
export function toStorable(secret: string): StorableSecret {
  const firstFour = secret.slice(PREFIX_LENGTH, PREFIX_LENGTH + 4);
  return { hash: hashSecret(secret), lastFour: secret.slice(-4), firstFour };
}

/** The beginning of a secret: its environment and its first four random characters, such as `live_x7Qd`. */
export function beginningOf(secret: string): string {
  return secret.slice("pstn_".length, PREFIX_LENGTH + 4);
}

/** The SHA-256 of a secret in hex, the only form in which a secret is looked up. */
export function hashSecret(secret: string): string {
  return hash("sha256", secret, "hex");
}

/** The only part of a secret that is shown again: `pstn_live_…x7Qd`. */
export function hintOf(environment: Environment, lastFour: string): string {
  return `pstn_${environment}_…${lastFour}`;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let position = 0; position < CHECKSUM_LENGTH; position += 1) {
    digits = BASE62[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
