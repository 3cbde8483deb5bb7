import { crc32 } from "node:zlib";
import { generateSecret } from "@/lib/access/api-keys/key/secret";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The length of the prefix and the first four random characters. */
const BEGINNING = "pstn_live_x7Qd".length;
const CHECKSUM_LENGTH = 6;

/** Different secrets with correct checksums that begin like `secret` and that no key has. */
export function secretsAlike(secret: string, count: number): string[] {
  return Array.from({ length: count }, () => {
    const rest = generateSecret("live").slice(BEGINNING, -CHECKSUM_LENGTH);
    const body = secret.slice(0, BEGINNING) + rest;
    return body + checksumOf(body);
  });
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let at = 0; at < CHECKSUM_LENGTH; at += 1) {
    digits = BASE62[rest % BASE62.length] + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
